/** The account that the scripted endpoint's credentials belong to. */
export const SCRIPTED_ACCOUNT = '123456789012';

/** The region that the scripted stacks are in. */
export const SCRIPTED_REGION = 'eu-west-1';
