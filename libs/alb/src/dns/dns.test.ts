import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import { DnsZone, TlsCertificate } from '../index';

const newStack = () => new Stack(new App(), 'Test');
const zoneContract = new SsmContract({ environment: 'staging', stack: 'hosted-zone' });
const certificateContract = new SsmContract({ environment: 'staging', stack: 'certificate' });

describe('hosted zone', () => {
  test('is public, and stays when its stack is deleted unless told otherwise', () => {
    const stack = newStack();
    new DnsZone(stack, 'Kept', { zoneName: 'example.com' });
    new DnsZone(stack, 'Dropped', { zoneName: 'example.org', protect: false, comment: 'scratch' });
    const template = Template.fromStack(stack);
    template.hasResource('AWS::Route53::HostedZone', {
      Properties: { Name: 'example.com.' },
      DeletionPolicy: 'Retain',
    });
    template.hasResource('AWS::Route53::HostedZone', {
      Properties: { Name: 'example.org.', HostedZoneConfig: { Comment: 'scratch' } },
      DeletionPolicy: 'Delete',
    });
  });

  test('publishes its id, its name, and the name servers to delegate to', () => {
    const stack = newStack();
    new DnsZone(stack, 'Zone', { zoneName: 'example.com' }).publish(zoneContract);
    const template = Template.fromStack(stack);
    const published = (key: string, value: unknown) =>
      template.hasResourceProperties('AWS::SSM::Parameter', {
        Name: `/v3-backend/staging/hosted-zone/${key}`,
        Value: value,
      });
    published('hostedZoneId', { Ref: Match.stringLikeRegexp('Zone') });
    published('hostedZoneName', 'example.com');
    published('nameServers', {
      'Fn::Join': [',', { 'Fn::GetAtt': [Match.stringLikeRegexp('Zone'), 'NameServers'] }],
    });
  });

  test('a name that is no domain name is refused', () => {
    expect(() => new DnsZone(newStack(), 'Zone', { zoneName: 'Example' })).toThrow(
      'zoneName must be a domain name such as "example.com", got "Example"',
    );
  });
});

describe('certificate', () => {
  test('is validated by records in the given zone, also where the zone comes from SSM', () => {
    const stack = newStack();
    const { hostedZone } = DnsZone.fromSsm(stack, 'Zone', zoneContract);
    new TlsCertificate(stack, 'Certificate', { domainName: 'api.example.com', hostedZone });
    Template.fromStack(stack).hasResource('AWS::CertificateManager::Certificate', {
      Properties: {
        DomainName: 'api.example.com',
        ValidationMethod: 'DNS',
        DomainValidationOptions: [
          { DomainName: 'api.example.com', HostedZoneId: { Ref: Match.stringLikeRegexp('hostedZoneId') } },
        ],
      },
      DeletionPolicy: 'Retain',
    });
  });

  test('takes further names, and goes with its stack where nothing is protected', () => {
    const stack = newStack();
    const { hostedZone } = new DnsZone(stack, 'Zone', { zoneName: 'example.com' });
    const certificate = new TlsCertificate(stack, 'Certificate', {
      domainName: 'example.com',
      subjectAlternativeNames: ['*.example.com'],
      hostedZone,
      protect: false,
    });
    certificate.publish(certificateContract);
    const template = Template.fromStack(stack);
    template.hasResource('AWS::CertificateManager::Certificate', {
      Properties: { SubjectAlternativeNames: ['*.example.com'] },
      DeletionPolicy: 'Delete',
    });
    const names = Object.values(template.findResources('AWS::SSM::Parameter')).map(({ Properties }) => Properties.Name);
    expect(names).toEqual([
      '/v3-backend/staging/certificate/certificateArn',
      '/v3-backend/staging/certificate/domainName',
    ]);
  });

  test('can have an elliptic key', () => {
    const stack = newStack();
    const { hostedZone } = DnsZone.fromSsm(stack, 'Zone', zoneContract);
    new TlsCertificate(stack, 'Certificate', {
      domainName: 'api.example.com',
      hostedZone,
      keyAlgorithm: acm.KeyAlgorithm.EC_PRIME256V1,
    });
    Template.fromStack(stack).hasResourceProperties('AWS::CertificateManager::Certificate', {
      KeyAlgorithm: 'EC_prime256v1',
    });
  });

  test('imported from another region gets a warning, from its own or from nobody knows where none', () => {
    const certificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/a';
    const warningsIn = (region?: string) => {
      const stack = new Stack(new App(), 'Test', { env: { region } });
      const imported = TlsCertificate.fromTlsCertificateAttributes(stack, 'Certificate', { certificateArn });
      expect(imported.certificate.certificateArn).toBe(certificateArn);
      TlsCertificate.fromSsm(stack, 'Published', certificateContract);
      return Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    };
    expect(warningsIn('eu-west-1').map(({ entry }) => entry.data)).toEqual([
      expect.stringContaining('The certificate is in us-east-1, the stack in eu-west-1'),
    ]);
    expect(warningsIn('us-east-1')).toEqual([]);
    expect(warningsIn()).toEqual([]);
  });

  test('of names outside of the zone is refused: it would wait for its validation for ever', () => {
    const stack = newStack();
    const { hostedZone } = new DnsZone(stack, 'Zone', { zoneName: 'example.com' });
    const names = { domainName: '*.example.com', subjectAlternativeNames: ['example.com', 'example.org'] };
    expect(() => new TlsCertificate(stack, 'Certificate', { ...names, hostedZone })).toThrow(
      'all names must be in the hosted zone, which is example.com, or their validation never ends; not in it: example.org',
    );
  });

  test('another stack reads its ARN', () => {
    const stack = newStack();
    const { certificate } = TlsCertificate.fromSsm(stack, 'Certificate', certificateContract);
    expect(stack.resolve(certificate.certificateArn)).toEqual({
      Ref: expect.stringContaining('certificateArn'),
    });
  });

  test('every invalid name is reported at once', () => {
    const stack = newStack();
    const { hostedZone } = new DnsZone(stack, 'Zone', { zoneName: 'example.com' });
    expect(
      () =>
        new TlsCertificate(stack, 'Certificate', {
          domainName: 'api',
          subjectAlternativeNames: ['a.*.com', ...Array.from({ length: 9 }, (_, index) => `a${index}.example.com`)],
          hostedZone,
        }),
    ).toThrow(/domainName must be.*"api"\n.*subjectAlternativeNames\[0\] must be.*\n.*10 names, the most is 9/);
  });
});
