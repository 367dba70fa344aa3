import type { Template } from '../assembly/template';
import type { DeployedStack } from '../live-state/live-state';
import type { StackGraph, StackNode } from '../stack-graph/stack-graph';
import { awaitedZones } from './awaited-zones';

const zone = (Name: string, further = {}): Template => ({
  Resources: { Zone: { Type: 'AWS::Route53::HostedZone', Properties: { Name, ...further } } },
});
const certificate = (DomainName: string, further = {}): Template => ({
  Resources: {
    Certificate: {
      Type: 'AWS::CertificateManager::Certificate',
      Properties: { DomainName, ValidationMethod: 'DNS', ...further },
    },
  },
});

/** Stacks that each come after all those before them. */
function chain(templates: Record<string, Template>): StackGraph {
  const ids = Object.keys(templates);
  const nodes = ids.map((id) => ({ name: id, stack: { id, template: templates[id] } }) as unknown as StackNode);
  const set = (names: string[]) => new Set(names);
  const upstream = new Map(ids.map((id, index) => [id, set(ids.slice(0, index))]));
  return {
    nodes,
    direct: upstream,
    upstream,
    downstream: new Map(ids.map((id, index) => [id, set(ids.slice(index + 1))])),
  };
}

const deployedAs = (status: string, template: Template) => ({ status, template }) as DeployedStack;

/** Stacks waiting, by the name of the zone. */
function waiting(templates: Record<string, Template>, deployed: Record<string, DeployedStack> = {}) {
  const zones = awaitedZones(chain(templates), new Map(Object.entries(deployed)));
  return Object.fromEntries(zones.map(({ name, waiting: ids }) => [name, [...ids]]));
}

describe('a stack waits for a zone', () => {
  test.each(['example.com', 'api.example.com', '*.example.com', 'a.b.EXAMPLE.com'])(
    'when it gets a certificate for %s',
    (name) => {
      expect(waiting({ z: zone('example.com.'), c: certificate(name) })).toEqual({ 'example.com': ['c'] });
    },
  );

  test('when only a further name of the certificate is in it', () => {
    const names = { SubjectAlternativeNames: ['www.example.com'] };
    expect(waiting({ z: zone('example.com'), c: certificate('other.org', names) })).toEqual({ 'example.com': ['c'] });
  });

  test('that is nearest to the name, when there are several', () => {
    const templates = { z: zone('example.com'), y: zone('eu.example.com'), c: certificate('api.eu.example.com') };
    expect(waiting(templates)).toEqual({ 'eu.example.com': ['c'] });
  });

  test('when its certificate changes, or was never issued', () => {
    const templates = { z: zone('example.com'), c: certificate('api.example.com') };
    const z = deployedAs('CREATE_COMPLETE', templates.z);
    const before = (status: string, name = 'api.example.com') =>
      waiting(templates, { z, c: deployedAs(status, certificate(name)) });
    expect(before('UPDATE_COMPLETE', 'www.example.com')).toEqual({ 'example.com': ['c'] });
    for (const status of ['ROLLBACK_COMPLETE', 'CREATE_FAILED', 'CREATE_IN_PROGRESS', 'REVIEW_IN_PROGRESS']) {
      expect([status, before(status)]).toEqual([status, { 'example.com': ['c'] }]);
    }
  });

  test('when the zone is new, although the certificate’s own text is the same', () => {
    const templates = { z: zone('example.com'), c: certificate('api.example.com') };
    const c = deployedAs('CREATE_COMPLETE', templates.c);
    expect(waiting(templates, { c })).toEqual({ 'example.com': ['c'] });
    expect(waiting(templates, { c, z: deployedAs('UPDATE_COMPLETE', zone('example.org')) })).toEqual({
      'example.com': ['c'],
    });
  });
});

describe('a stack does not wait', () => {
  test('when zone and certificate are deployed as they are', () => {
    const templates = { z: zone('example.com'), c: certificate('api.example.com') };
    const deployed = {
      z: deployedAs('CREATE_COMPLETE', templates.z),
      c: deployedAs('UPDATE_ROLLBACK_COMPLETE', templates.c),
    };
    expect(waiting(templates, deployed)).toEqual({});
  });

  test.each([
    ['the zone is private', zone('example.com', { VPCs: [{ VPCId: 'v' }] }), certificate('api.example.com')],
    ['the name is in no zone', zone('example.com'), certificate('notexample.com')],
    [
      'its certificate is validated by mail',
      zone('example.com'),
      certificate('example.com', { ValidationMethod: 'EMAIL' }),
    ],
  ])('when %s', (_why, z, c) => {
    expect(waiting({ z, c })).toEqual({});
  });

  test('for a zone that comes after it', () => {
    expect(waiting({ c: certificate('example.com'), z: zone('example.com') })).toEqual({});
  });
});
