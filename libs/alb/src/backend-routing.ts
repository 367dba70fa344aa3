import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { BackendTargetGroups } from './backend-target-groups';

/**
 * Priorities of the rules, the lowest first. They are fixed, so that adding a rule moves no other; the gaps are for
 * rules that an application adds to the listener itself.
 */
const PRIORITY = { worker: 100, scheduler: 110, internalOnly: 120, api: 10_000 } as const;

const WORKER_PATH = '/worker/*';
const SCHEDULER_PATH = '/scheduler/*';

export interface BackendRoutingProps {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  readonly targetGroups: BackendTargetGroups;
  readonly internalCidrs: string[];
  readonly certificate?: ICertificate;
  readonly sslPolicy: elbv2.SslPolicy;
}

/**
 * The listeners and their rules.
 *
 * The default action is a fixed 404, and every target group has a rule: ECS refuses a service whose target group no
 * listener knows, and adding or removing a service never touches the default action.
 */
export class BackendRouting extends Construct {
  public readonly httpListener: elbv2.ApplicationListener;
  /** The listener that has the rules. */
  public readonly listener: elbv2.ApplicationListener;

  constructor(scope: Construct, id: string, props: BackendRoutingProps) {
    super(scope, id);
    const notFound = elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' });
    const { loadBalancer, certificate } = props;

    this.httpListener = new elbv2.ApplicationListener(this, 'Http', {
      loadBalancer,
      protocol: elbv2.ApplicationProtocol.HTTP,
      // The security group belongs to another layer, which decides who may connect.
      open: false,
      defaultAction: certificate
        ? elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true })
        : notFound,
    });
    this.listener = certificate
      ? new elbv2.ApplicationListener(this, 'Https', {
          loadBalancer,
          protocol: elbv2.ApplicationProtocol.HTTPS,
          certificates: [certificate],
          sslPolicy: props.sslPolicy,
          open: false,
          defaultAction: notFound,
        })
      : this.httpListener;
    this.addRules(props.targetGroups, props.internalCidrs);
  }

  private addRules({ api, worker, scheduler }: BackendTargetGroups, internalCidrs: string[]): void {
    const fromInside = elbv2.ListenerCondition.sourceIps(internalCidrs);
    const path = (...patterns: string[]) => elbv2.ListenerCondition.pathPatterns(patterns);
    const rule = (id: string, priority: number, conditions: elbv2.ListenerCondition[], action: elbv2.ListenerAction) =>
      new elbv2.ApplicationListenerRule(this.listener, id, { listener: this.listener, priority, conditions, action });

    rule('Worker', PRIORITY.worker, [path(WORKER_PATH), fromInside], elbv2.ListenerAction.forward([worker]));
    rule(
      'Scheduler',
      PRIORITY.scheduler,
      [path(SCHEDULER_PATH), fromInside],
      elbv2.ListenerAction.forward([scheduler]),
    );
    // From anywhere else these paths would reach the API by its rule.
    rule(
      'InternalOnly',
      PRIORITY.internalOnly,
      [path(WORKER_PATH, SCHEDULER_PATH)],
      elbv2.ListenerAction.fixedResponse(403, { contentType: 'text/plain', messageBody: 'Forbidden' }),
    );
    rule('Api', PRIORITY.api, [path('/*')], elbv2.ListenerAction.forward([api]));
  }
}
