import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as elbv2 from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import type { ResponseHeaders } from './public-load-balancer-props';

export interface ListenersProps {
  readonly loadBalancer: elbv2.ApplicationLoadBalancer;
  /** Whether the load balancer's security group lets everyone in on the listeners' ports. */
  readonly open: boolean;
  readonly certificate?: ICertificate;
  readonly sslPolicy: elbv2.SslPolicy;
  readonly mutualAuthentication?: elbv2.MutualAuthentication;
  readonly responseHeaders?: ResponseHeaders;
}

/**
 * The listeners. With a certificate, HTTPS serves and HTTP redirects to it; without, HTTP serves.
 *
 * The default action of the one that serves is a fixed 404: a service is reached by a rule only, so adding or removing
 * one never touches the default action.
 */
export class Listeners extends Construct {
  public readonly http: elbv2.ApplicationListener;
  /** The listener that serves. */
  public readonly serving: elbv2.ApplicationListener;

  constructor(scope: Construct, id: string, props: ListenersProps) {
    super(scope, id);
    const notFound = elbv2.ListenerAction.fixedResponse(404, { contentType: 'text/plain', messageBody: 'Not found' });
    const { loadBalancer, open, certificate } = props;

    this.http = new elbv2.ApplicationListener(this, 'Http', {
      loadBalancer,
      protocol: elbv2.ApplicationProtocol.HTTP,
      open,
      defaultAction: certificate
        ? elbv2.ListenerAction.redirect({ protocol: 'HTTPS', port: '443', permanent: true })
        : notFound,
    });
    this.serving = certificate
      ? new elbv2.ApplicationListener(this, 'Https', {
          loadBalancer,
          protocol: elbv2.ApplicationProtocol.HTTPS,
          certificates: [certificate],
          sslPolicy: props.sslPolicy,
          mutualAuthentication: props.mutualAuthentication,
          open,
          defaultAction: notFound,
        })
      : this.http;
    for (const [name, value] of Object.entries(headerAttributes(props.responseHeaders ?? {}))) {
      if (value !== undefined) this.serving.setAttribute(`routing.http.response.${name}`, value);
    }
  }
}

function headerAttributes(headers: ResponseHeaders): { [name: string]: string | undefined } {
  return {
    'strict_transport_security.header_value': headers.strictTransportSecurity,
    'content_security_policy.header_value': headers.contentSecurityPolicy,
    'x_frame_options.header_value': headers.frameOptions,
    'x_content_type_options.header_value': headers.noSniff ? 'nosniff' : undefined,
    'server.enabled': headers.serverHeader?.toString(),
  };
}
