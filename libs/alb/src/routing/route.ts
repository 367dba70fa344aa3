import { PropsValidation } from '@v3-backend/core';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { sortedEntries } from '../private/sorted-entries';
import { addClaims, verifyJwt } from './jwt-action';
import { renderRewrite } from './rewrite-transforms';
import type { RouteOptions } from './route-options';
import { validateRoute } from './route-validation';
import { automaticPriority, claimPriority } from './rule-priority';

/** Properties of a `Route`. */
export interface RouteProps extends RouteOptions {
  /** The listener that gets the rule: of this stack, or an imported one. */
  readonly listener: elbv2.IApplicationListener;
}

/** A rule of a listener, whose priority is found automatically unless it is given. */
export class Route extends Construct {
  /** Place among the listener's rules. */
  public readonly priority: number;
  /** The rule itself. */
  public readonly rule: elbv2.ApplicationListenerRule;

  /** @throws when an option is invalid, or another route of the listener has the priority. */
  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const validation = new PropsValidation(this);
    validateRoute(validation, props);
    validation.throwIfInvalid();

    const priority = props.priority ?? automaticPriority(this.node.addr, props);
    this.priority = claimPriority(props.listener, priority, this);
    this.rule = new elbv2.ApplicationListenerRule(this, 'Rule', {
      listener: props.listener,
      priority: this.priority,
      conditions: conditionsOf(props),
      action: actionOf(props),
    });
    if (props.jwt) addClaims(this.rule, props.jwt);
    if (props.rewrite) {
      (this.rule.node.defaultChild as elbv2.CfnListenerRule).transforms = renderRewrite(props.rewrite);
    }
  }
}

function actionOf({ targetGroup, action, jwt }: RouteOptions): elbv2.ListenerAction {
  const final = action ?? elbv2.ListenerAction.forward([targetGroup!]);
  return jwt ? verifyJwt(jwt, final) : final;
}

function conditionsOf(options: RouteOptions): elbv2.ListenerCondition[] {
  const { hosts, paths, methods, headers = {}, queryParameters, sourceCidrs } = options;
  const is = elbv2.ListenerCondition;
  return [
    ...(hosts ? [is.hostHeaders(hosts)] : []),
    ...(paths ? [is.pathPatterns(paths)] : []),
    ...(methods ? [is.httpRequestMethods(methods)] : []),
    ...sortedEntries(headers).map(([name, values]) => is.httpHeader(name, values)),
    ...(queryParameters
      ? [is.queryStrings(sortedEntries(queryParameters).map(([key, value]) => ({ key, value })))]
      : []),
    ...(sourceCidrs ? [is.sourceIps(sourceCidrs)] : []),
  ];
}
