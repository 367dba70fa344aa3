import { DnsZone, PublicLoadBalancer, TlsCertificate, WebAcl } from '../src/index';
import { App, Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';

export const app = new App();
const stack = new Stack(app, 'Shop'); // deploys to the account and region that the AWS CLI is configured for
const zone = { hostedZoneId: 'Z0123456789ABC', zoneName: 'shop.example' };
const hostedZone = DnsZone.fromDnsZoneAttributes(stack, 'Zone', zone).hostedZone;
const tls = new TlsCertificate(stack, 'Certificate', { domainName: 'www.shop.example', hostedZone });
const loadBalancer = new PublicLoadBalancer(stack, 'LoadBalancer', {
  vpc: new Vpc(stack, 'Vpc'),
  domainName: 'www.shop.example',
  hostedZone,
  certificate: tls.certificate,
  webAcl: new WebAcl(stack, 'WebAcl'),
});
const site = loadBalancer.addTargetGroup('Site', { port: 8080, healthCheck: { path: '/' } });
loadBalancer.addRoute('Site', { paths: ['/*'], targetGroup: site });
