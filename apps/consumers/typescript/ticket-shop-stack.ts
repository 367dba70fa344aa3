import { DnsZone, PublicLoadBalancer, TlsCertificate, WebAcl } from '@v3-backend/alb';
import { ServiceLogGroups, TaskRoles } from '@v3-backend/app-shared';
import { FargateBackend, ImageTagParameter } from '@v3-backend/compute';
import { LayerTags, Naming, SsmContract } from '@v3-backend/core';
import { JobQueue } from '@v3-backend/data';
import { Network } from '@v3-backend/networking';
import { LogForwarder, Monitoring } from '@v3-backend/observability';
import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Port, SecurityGroup } from 'aws-cdk-lib/aws-ec2';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Secret as ContainerSecret } from 'aws-cdk-lib/aws-ecs';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/** Sells tickets: an API for buyers, a worker that sends tickets, a scheduler that frees seats nobody paid for. */
export class TicketShopStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const shop = { application: 'ticket-shop', environment: 'production' };
    const naming = new Naming(shop);

    // What exists already: network, DNS zone, images, the keys of others.
    const { vpc } = Network.fromNetworkAttributes(this, 'Network', {
      vpcId: 'vpc-0123456789abcdef0',
      vpcCidrBlock: '10.20.0.0/16',
      availabilityZones: ['eu-central-1a', 'eu-central-1b'],
      publicSubnetIds: ['subnet-0aaaaaaaaaaaaaaa1', 'subnet-0aaaaaaaaaaaaaaa2'],
      privateSubnetIds: ['subnet-0bbbbbbbbbbbbbbb1', 'subnet-0bbbbbbbbbbbbbbb2'],
    });
    const { hostedZone } = DnsZone.fromDnsZoneAttributes(this, 'Zone', {
      hostedZoneId: 'Z0123456789ABCDEFGHIJ',
      zoneName: 'tickets.example',
    });
    const repository = Repository.fromRepositoryName(this, 'Images', 'ticket-shop');
    const paymentKey = Secret.fromSecretNameV2(this, 'PaymentKey', 'ticket-shop/payment-key');
    const grafanaCredentials = Secret.fromSecretCompleteArn(
      this,
      'GrafanaCredentials',
      'arn:aws:secretsmanager:eu-central-1:111122223333:secret:ticket-shop/grafana-AbCdEf',
    );

    // The way in: HTTPS behind a web ACL, with a path of its own for the payment provider's calls.
    const { certificate } = new TlsCertificate(this, 'Certificate', { domainName: 'www.tickets.example', hostedZone });
    const loadBalancer = new PublicLoadBalancer(this, 'LoadBalancer', {
      vpc,
      domainName: 'www.tickets.example',
      hostedZone,
      certificate,
      webAcl: new WebAcl(this, 'WebAcl', { rateLimit: 1500, blockedCountries: ['KP'] }),
      idleTimeout: Duration.seconds(90),
    });
    const site = loadBalancer.addTargetGroup('Site', { port: 8080, healthCheck: { path: '/health' } });
    loadBalancer.addRoute('Site', { paths: ['/*'], targetGroup: site });
    loadBalancer.addRoute('Payments', {
      paths: ['/payments/*'],
      methods: ['POST'],
      headers: { 'X-Provider': ['payments.example'] },
      targetGroup: site,
      priority: 10,
    });

    // What the services share.
    const orders = new JobQueue(this, 'Orders', { maxJobDuration: Duration.minutes(1), maxReceiveCount: 3 });
    const logs = new ServiceLogGroups(this, 'Logs', { retention: RetentionDays.THREE_MONTHS });
    const roles = new TaskRoles(this, 'Roles', {
      executionRoleName: naming.resourceName('task-execution-role'),
      taskRoleName: naming.resourceName('task-role'),
      repositories: [repository],
      logGroups: [logs.api, logs.worker, logs.scheduler, logs.migration],
      injectedSecrets: [paymentKey],
      queues: [orders.queue],
    });
    const securityGroup = new SecurityGroup(this, 'ServiceSecurityGroup', { vpc });
    securityGroup.connections.allowFrom(loadBalancer.loadBalancer, Port.tcp(8080), 'Load balancer');

    // The services. The migration runs before them, within the deployment.
    const { tag } = new ImageTagParameter(this, 'ImageTag', { defaultTag: '1.0.0' });
    const backend = new FargateBackend(this, 'Backend', {
      vpc,
      securityGroup,
      repository,
      imageTag: tag,
      executionRole: roles.executionRole,
      taskRole: roles.taskRole,
      port: 8080,
      namespaceName: 'tickets.internal',
      environment: { ORDERS_QUEUE_URL: orders.queue.queueUrl },
      secrets: { PAYMENT_KEY: ContainerSecret.fromSecretsManager(paymentKey) },
      api: {
        logGroup: logs.api,
        targetGroup: site,
        loadBalancerFullName: loadBalancer.loadBalancerFullName,
        targetGroupFullName: site.targetGroupFullName,
        minCapacity: 2,
        maxCapacity: 12,
      },
      worker: { logGroup: logs.worker, queues: [orders.queue], backlogPerTask: 25, spotPercent: 50 },
      scheduler: { logGroup: logs.scheduler, environmentOverrides: { RESERVATION_MINUTES: '15' } },
      migration: { logGroup: logs.migration, timeout: Duration.minutes(20) },
    });

    // What tells people: the services' logs in Grafana, and alarms by mail.
    const forwarder = new LogForwarder(this, 'LogForwarder', {
      logGroups: { api: logs.api, scheduler: logs.scheduler, worker: logs.worker },
      lokiUrl: 'https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push',
      credentialsSecret: grafanaCredentials,
      labels: shop,
      serviceFilterPatterns: { worker: ['ERROR', 'WARN'] },
    });
    const monitoring = new Monitoring(this, 'Monitoring', {
      criticalEmails: ['oncall@tickets.example'],
      loadBalancer: {
        loadBalancerFullName: loadBalancer.loadBalancerFullName,
        targetGroupFullNames: { site: site.targetGroupFullName },
      },
      services: {
        clusterName: backend.clusterName,
        serviceNames: {
          api: backend.apiServiceName,
          scheduler: backend.schedulerServiceName,
          worker: backend.workerServiceName,
        },
        alarmOverrides: { WorkerCpu: { enabled: false } },
      },
      queues: { queues: { orders: { queue: orders.queue, deadLetterQueue: orders.deadLetterQueue } } },
      logForwarder: { functionName: forwarder.functionName, deadLetterQueueName: forwarder.deadLetterQueueName },
    });

    // What other stacks may know.
    loadBalancer.publish(new SsmContract({ ...shop, stack: 'entry' }));
    backend.publish(new SsmContract({ ...shop, stack: 'services' }));
    monitoring.publish(new SsmContract({ ...shop, stack: 'monitoring' }));
    new CfnOutput(this, 'Url', { value: loadBalancer.url });
    LayerTags.apply(this, { ...shop, layer: 'shop', owner: 'box-office@tickets.example' });
  }
}
