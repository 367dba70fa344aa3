/** The application whose names, contracts and tags are made where none is given. */
export const DEFAULT_APPLICATION = 'v3-backend';
