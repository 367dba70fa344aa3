import { SsmContract } from '@v3-backend/core';
import { App, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
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
