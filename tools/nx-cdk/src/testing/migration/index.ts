export { carryOut, placesOf } from './carry-out';
export { planInScript } from './plan-in-script';
export { ScriptedCloudFormation } from '../scripted/scripted-cloudformation';
