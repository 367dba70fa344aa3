import { Naming } from '@v3-backend/core';
import type { EnvironmentConfig } from '@v3-backend-infra/config';
import { CertificateStack } from '@v3-backend-infra/stacks/certificate';
import { DatabaseStack } from '@v3-backend-infra/stacks/database';
import { HostedZoneStack } from '@v3-backend-infra/stacks/hosted-zone';
import { LogForwarderStack } from '@v3-backend-infra/stacks/log-forwarder';
import { MonitoringStack } from '@v3-backend-infra/stacks/monitoring';
import { NetworkingStack } from '@v3-backend-infra/stacks/networking';
import { S3Stack } from '@v3-backend-infra/stacks/s3';
import { SecretsStack } from '@v3-backend-infra/stacks/secrets';
import { SecurityStack } from '@v3-backend-infra/stacks/security';
import { SqsStack } from '@v3-backend-infra/stacks/sqs';
import { WafStack } from '@v3-backend-infra/stacks/waf';
import type { App, Stack } from 'aws-cdk-lib';
import { composeApplication } from './application';

/**
 * Adds the stacks of an environment to the app: 14 with SSL and 12 without, two fewer in the monolithic layout.
 *
 * Where the configuration says `crossStackReferences: 'direct'`, a stack gets the constructs of the stacks it needs;
 * otherwise it gets none and reads their published values from SSM. Either way the stack dependencies are the same.
 */
export function composeBackend(app: App, config: EnvironmentConfig): void {
  const common = {
    config,
    env: { account: config.account, region: config.region },
    terminationProtection: config.protect,
    tags: { application: 'v3-backend', environment: config.environment },
  };
  const naming = new Naming({ environment: config.environment });
  const name = (stack: string) => naming.stackName(stack);
  const direct = <T>(producer: T): T | undefined => (config.crossStackReferences === 'direct' ? producer : undefined);
  const ssl = config.loadBalancer.ssl?.enabled === true;

  // Phase 1
  const networking = new NetworkingStack(app, name('networking'), common);
  const network = direct(networking.network);
  const security = new SecurityStack(app, name('security'), { ...common, network });
  const securityGroups = direct(security.securityGroups);

  // Phase 2
  const s3 = new S3Stack(app, name('s3'), common);
  const sqs = new SqsStack(app, name('sqs'), common);
  const secrets = new SecretsStack(app, name('secrets'), common);

  // Phase 3
  const hostedZone = ssl ? new HostedZoneStack(app, name('hosted-zone'), common) : undefined;
  const zone = direct(hostedZone?.zone);
  const certificate = ssl ? new CertificateStack(app, name('certificate'), { ...common, zone }) : undefined;
  const database = new DatabaseStack(app, name('database'), { ...common, network, securityGroups });
  const waf = new WafStack(app, name('waf'), common);

  // Phase 4
  const { alb, appShared, compute } = composeApplication(app, {
    ...common,
    network,
    securityGroups,
    buckets: direct(s3.buckets),
    queues: direct(sqs.queues),
    secrets: direct(secrets.secrets),
    database: direct(database.database),
    webAcl: direct(waf.webAcl),
    zone,
    certificate: direct(certificate?.certificate),
  });

  // Phase 5
  const monitoring = new MonitoringStack(app, name('monitoring'), {
    ...common,
    queues: direct(sqs.queues),
    database: direct(database.database),
    loadBalancer: direct(alb.loadBalancer),
    backend: direct(compute.backend),
  });
  const logForwarder = new LogForwarderStack(app, name('log-forwarder'), {
    ...common,
    secrets: direct(secrets.secrets),
    appShared: direct(appShared.appShared),
  });

  dependsOn(security, networking);
  dependsOn(certificate, hostedZone);
  dependsOn(database, networking, security);
  dependsOn(alb, networking, security, s3, waf, hostedZone, certificate);
  dependsOn(appShared, s3, sqs, secrets, database);
  dependsOn(compute, networking, security, sqs, alb, appShared);
  dependsOn(monitoring, sqs, database, alb, compute);
  dependsOn(logForwarder, secrets, appShared);
}

/**
 * Values read from SSM leave no trace of the stack that publishes them, so the order is stated. In the monolithic layout
 * one stack is several of these, and does not depend on itself.
 */
function dependsOn(stack: Stack | undefined, ...upstream: (Stack | undefined)[]): void {
  for (const needed of upstream) {
    if (stack && needed && needed !== stack) stack.addStackDependency(needed);
  }
}
