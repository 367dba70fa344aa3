import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, Template } from 'aws-cdk-lib/assertions';
import type { Stack } from 'aws-cdk-lib';
import { LISTENER, RULE } from './fixture';
import { app } from './shop-app';

const source = readFileSync(join(__dirname, 'shop-app.ts'), 'utf8').trimEnd();

describe('an app that has nothing else of this workspace', () => {
  test('serves a site over HTTPS behind a web ACL, in 20 lines', () => {
    expect(source.split('\n').length).toBeLessThanOrEqual(20);
    const template = Template.fromStack(app.node.findChild('Shop') as Stack);
    template.hasResourceProperties(LISTENER, { Port: 443, Certificates: Match.anyValue() });
    template.hasResourceProperties(RULE, {
      Actions: [{ Type: 'forward', TargetGroupArn: { Ref: Match.stringLikeRegexp('Site') } }],
    });
    template.hasResourceProperties('AWS::Route53::RecordSet', { Name: 'www.shop.example.', Type: 'A' });
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 1);
    expect(JSON.stringify(template.toJSON())).not.toMatch(/v3-backend/i);
  });

  test('is the example of the README', () => {
    const shown = source.replace('../src/index', '@v3-backend/alb').replace('export const', 'const');
    expect(readFileSync(join(__dirname, '../README.md'), 'utf8')).toContain(shown);
  });
});
