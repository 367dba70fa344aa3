import { doctor } from '../../engine/doctor';
import { DOCTOR_OPTIONS, parseDoctorOptions } from '../../options/inspection-options';
import { diagnosisText } from '../../report/diagnosis-text';
import { executorOf } from '../operation';

/** Says what would stop a deploy of an environment, and what helps. */
export default executorOf({
  name: 'doctor',
  kinds: DOCTOR_OPTIONS,
  parse: parseDoctorOptions,
  run: async (request, parts) => {
    const diagnosis = await doctor(request, parts);
    parts.say(request.options.json ? JSON.stringify(diagnosis, undefined, 2) : diagnosisText(diagnosis));
    return diagnosis.ok;
  },
});
