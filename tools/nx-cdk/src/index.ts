export { name } from '../package.json';
export { createNodes } from './plugin/create-nodes';
export type { AppModel, StackProject } from './config/app-model';
export type { EnvironmentEntry, Phase, PluginConfig } from './config/plugin-config';
export { imageTagProblem } from './options/options';
export type { RunReport, StackReport, StackResult } from './report/report';
export type { AppStatus, Drift, StackStatus } from './report/status';
