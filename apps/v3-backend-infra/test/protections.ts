import { attribute, type Break, change, elb, remove, shutOut, withoutTls } from './breaking';
import { resources } from './rules/rule';

/** Every protection: the rule that watches over it, and how to take it away in the templates of production. */
export const PROTECTIONS: readonly [rule: string, takeAway: Break][] = [
  ['noValueIsLost', change('SSM::Parameter', (it) => (it.Value = 'arn:undefined'))],
  ['targetGroupsAreReached', remove('AWS::ElasticLoadBalancingV2::ListenerRule', 'HttpsWorker')],
  ['targetGroupsAndSecurityGroupsHaveNoNames', change(elb('TargetGroup'), (it) => (it.Name = 'api'))],
  ['targetGroupsAndSecurityGroupsHaveNoNames', change('EC2::SecurityGroup', (it) => (it.GroupName = 'alb'))],
  ['targetsLeaveWithoutDelay', change(elb('TargetGroup'), attribute('deregistration_delay.timeout_seconds', '300'))],
  ['unknownPathsAreNotFound', change(elb('Listener'), (it) => (it.DefaultActions = [{ Type: 'forward' }]), 'Https')],
  [
    'internalPathsAreRestricted',
    change(elb('ListenerRule'), (it) => (it.Conditions = it.Conditions.slice(0, 1)), 'HttpsScheduler'),
  ],
  [
    'plainHttpIsRedirected',
    change(elb('Listener'), (it) => {
      it.DefaultActions = [{ Type: 'fixed-response', FixedResponseConfig: { StatusCode: '404' } }];
    }),
  ],
  [
    'loadBalancerDropsMalformedHeaders',
    change(elb('LoadBalancer'), attribute('routing.http.drop_invalid_header_fields.enabled', 'false')),
  ],
  ['loadBalancerHasAWebAcl', remove('AWS::WAFv2::WebACLAssociation')],
  [
    'largeBodiesAreCounted',
    change('WAFv2::WebACL', (it) => {
      const common = (one: object) => JSON.stringify(one).includes('"AWSManagedRulesCommonRuleSet"');
      delete it.Rules.find(common).Statement.ManagedRuleGroupStatement.RuleActionOverrides;
    }),
  ],
  ['webAclLogIsNamedForIt', change('Logs::LogGroup', (it) => delete it.LogGroupName, 'WebAcl')],
  ['logGroupKeysAdmitLogs', shutOut('app-shared', 'logs.')],
  ['topicKeysAdmitAlarms', shutOut('monitoring', 'cloudwatch.')],
  ['logGroupsHaveNoNames', change('Logs::LogGroup', (it) => (it.LogGroupName = '/v3-backend/api'), 'Api')],
  ['logsExpire', change('Logs::LogGroup', (it) => delete it.RetentionInDays)],
  [
    'filtersFollowThePermission',
    change('Logs::SubscriptionFilter', (_it, { stack, logicalId }) => {
      stack.template.Resources[logicalId] = { ...stack.template.Resources[logicalId]!, DependsOn: [] };
    }),
  ],
  ['bucketsRefusePlaintext', change('S3::BucketPolicy', withoutTls, 'Backups')],
  ['bucketsAreEncryptedAndPrivate', change('S3::Bucket', (it) => delete it.BucketEncryption)],
  [
    'bucketsAreEncryptedAndPrivate',
    change('S3::Bucket', (it) => (it.PublicAccessBlockConfiguration.BlockPublicPolicy = false)),
  ],
  [
    'loadBalancerMayWriteItsLogs',
    change(
      'S3::BucketPolicy',
      ({ PolicyDocument }) => {
        const notAlb = (one: object) => !JSON.stringify(one).includes('elasticloadbalancing');
        PolicyDocument.Statement = PolicyDocument.Statement.filter(notAlb);
      },
      'Logs',
    ),
  ],
  ['queuesRefusePlaintext', change('SQS::QueuePolicy', withoutTls)],
  ['queuesAreEncrypted', change('SQS::Queue', (it) => delete it.KmsMasterKeyId)],
  ['deadLettersAreKeptLonger', change('SQS::Queue', (it) => (it.MessageRetentionPeriod = 60), 'DeadLetter')],
  [
    'everyQueueHasDeadLetters',
    change(
      'SQS::Queue',
      (it, { stack }) => {
        const { RedrivePolicy } = it;
        for (const { Properties } of resources([stack], 'AWS::SQS::Queue')) {
          if (Properties.RedrivePolicy) Properties.RedrivePolicy = RedrivePolicy;
        }
      },
      'JobsQueue',
    ),
  ],
  ['databaseIsEncryptedAndPrivate', change('RDS::DBInstance', (it) => delete it.StorageEncrypted)],
  ['databaseIsEncryptedAndPrivate', change('RDS::DBInstance', (it) => (it.PubliclyAccessible = true))],
  ['databaseForcesTls', change('RDS::DBParameterGroup', (it) => (it.Parameters['rds.force_ssl'] = '0'))],
  ['databaseUpgradesWithoutDrift', change('RDS::DBInstance', (it) => (it.EngineVersion = '17.4'))],
  [
    'databaseUrlAsksForTls',
    change(
      'SecretsManager::Secret',
      (it) => {
        it.SecretString = JSON.parse(JSON.stringify(it.SecretString).replace('?sslmode=require', ''));
      },
      'DatabaseUrl',
    ),
  ],
  [
    'passwordsSurviveInAUrl',
    change(
      'SecretsManager::Secret',
      ({ GenerateSecretString: it }) => {
        it.ExcludePunctuation = false;
        it.ExcludeCharacters = '"';
      },
      'Credentials',
    ),
  ],
  [
    'secretsAreResolvedIntoSecretsOnly',
    change('ECS::TaskDefinition', ({ ContainerDefinitions }) => {
      ContainerDefinitions[0].Environment.push({ Name: 'PASSWORD', Value: '{{resolve:secretsmanager:x}}' });
    }),
  ],
  ['scaledServicesHaveNoCount', change('ECS::Service', (it) => (it.DesiredCount = 1), 'Api')],
  [
    'failedDeploymentsAreRolledBack',
    change('ECS::Service', (it) => (it.DeploymentConfiguration.DeploymentCircuitBreaker.Rollback = false)),
  ],
  ['deploymentsCanProceed', change('ECS::Service', (it) => (it.DeploymentConfiguration.MaximumPercent = 100), 'Api')],
  [
    'thereIsOneSchedulerAtMost',
    change('ECS::Service', (it) => (it.DeploymentConfiguration.MaximumPercent = 200), 'Scheduler'),
  ],
  [
    'tasksHaveNoPublicAddress',
    change('ECS::Service', (it) => (it.NetworkConfiguration.AwsvpcConfiguration.AssignPublicIp = 'ENABLED')),
  ],
  [
    'onlyTheLoadBalancerIsOpen',
    change('EC2::SecurityGroup', (it) => (it.SecurityGroupIngress = [{ CidrIp: '0.0.0.0/0' }]), 'Database'),
  ],
  ['defaultSecurityGroupIsClosed', remove('Custom::VpcRestrictDefaultSG')],
  ['trafficIsLogged', remove('AWS::EC2::FlowLog')],
  [
    'noStatementHasTwoWildcards',
    change(
      'IAM::Role',
      (it) => {
        const PolicyDocument = { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] };
        it.Policies = [{ PolicyName: 'All', PolicyDocument }];
      },
      'LogForwarder',
    ),
  ],
  [
    'rolesArePassedToNamedServices',
    change(
      'IAM::Policy',
      ({ PolicyDocument }) => {
        for (const one of PolicyDocument.Statement) if (one.Action === 'iam:PassRole') delete one.Condition;
      },
      'MigrationRunRole',
    ),
  ],
  [
    'dataOutlivesItsStackWhereProtected',
    change('RDS::DBInstance', (_it, { stack, logicalId }) => {
      stack.template.Resources[logicalId] = { ...stack.template.Resources[logicalId]!, DeletionPolicy: 'Delete' };
    }),
  ],
];
