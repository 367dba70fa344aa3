import type { EnvironmentConfigInput } from '../schema';
import { development } from './development';
import { local } from './local';
import { production } from './production';
import { staging } from './staging';

/** The configuration of every environment as written, by its canonical name. */
export const environments: Readonly<Record<string, EnvironmentConfigInput>> = {
  local,
  development,
  staging,
  production,
};
