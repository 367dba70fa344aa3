import { resultsOf, TestRig } from '../testing/test-rig';

test('every change set has a name of its own, so that one of an earlier or another run is never executed', async () => {
  const rig = await TestRig.start({ a: { phase: 'late' }, b: { phase: 'late' } });
  try {
    const names = new Set<string>();
    const { cloudFormation } = rig.aws;
    const handle = cloudFormation.handle.bind(cloudFormation);
    cloudFormation.handle = (action, request) => {
      if (action === 'CreateChangeSet') names.add(request.get('ChangeSetName') ?? '');
      return handle(action, request);
    };
    await rig.deploy();
    rig.workspace.synthesize({ a: { phase: 'late', version: '2' }, b: { phase: 'late', version: '2' } });
    expect(resultsOf(await rig.deploy())).toEqual({ a: 'updated', b: 'updated' });
    expect(names.size).toBe(4);
  } finally {
    await rig.stop();
  }
});
