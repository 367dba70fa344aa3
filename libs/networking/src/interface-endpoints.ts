import { PropsValidation } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { EndpointNeed } from './endpoint-need';
import { GatewayService } from './network-props';

/** Which services have an endpoint, and where. */
export interface InterfaceEndpointsProps {
  /** The VPC, with private subnets. */
  readonly vpc: ec2.IVpc;

  /** Who may use the endpoints: this group allows port 443 from the tasks. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * What the tasks need AWS services for.
   *
   * @default - nothing but `services`
   */
  readonly needs?: EndpointNeed[];

  /**
   * Further services, as in their endpoints' names after `com.amazonaws.{region}.`: `ecr.api`, `ecr.dkr`, `logs`,
   * `secretsmanager`, `ssm`, `kms`, `sqs`, `ssmmessages`, …
   *
   * @default - nothing but `needs`
   */
  readonly services?: string[];

  /**
   * The zones in which a service has its endpoint, by the service's name, where these are not all of the VPC's: some
   * services are not offered in every zone, and AWS refuses their endpoint as a whole if one of its subnets is elsewhere
   * (`aws ec2 describe-vpc-endpoint-services` tells). Tasks in other zones reach it across zones.
   *
   * @default - all zones of the VPC
   */
  readonly serviceZones?: { [service: string]: string[] };
}

/**
 * Interface endpoints (PrivateLink) in the private subnets, with private DNS names: tasks reach these services without
 * NAT. Each costs by the hour and zone.
 */
export class InterfaceEndpoints extends Construct {
  /** The endpoints: of the needs' services in their order, then of the further services. */
  public readonly endpoints: ec2.InterfaceVpcEndpoint[];

  /**
   * @throws when there is no service, or one is no service name, named twice, or has a gateway endpoint; when zones are
   * given for a service without an endpoint, or none of them is a zone of the VPC.
   */
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    validate(this, props);
    this.endpoints = [...servicesOf(props)].map(
      (service) =>
        new ec2.InterfaceVpcEndpoint(this, pascalCase(service), {
          vpc: props.vpc,
          service: new ec2.InterfaceVpcEndpointAwsService(service),
          subnets: {
            subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS,
            availabilityZones: props.serviceZones?.[service],
            onePerAz: true,
          },
          securityGroups: [props.securityGroup],
          privateDnsEnabled: true,
          // The group comes with its rules; by default an endpoint opens it to the whole VPC.
          open: false,
        }),
    );
  }
}

/** Each service once, whichever needs have it in common. */
function servicesOf({ needs = [], services = [] }: InterfaceEndpointsProps): Set<string> {
  return new Set([...needs.flatMap((need) => need.services), ...services]);
}

function validate(scope: Construct, props: InterfaceEndpointsProps): void {
  const validation = new PropsValidation(scope);
  const { services = [] } = props;
  const all = servicesOf(props);
  validation.holds(all.size > 0, 'needs or services must name 1 or more services, got none');
  for (const service of all) {
    validation.matches('services', '[a-z0-9-]+(\\.[a-z0-9-]+)*', 'service names such as "ecr.api"', service);
    validation.holds(
      !(Object.values(GatewayService) as string[]).includes(service),
      `services must not name "${service}": the network has a gateway endpoint for it, which costs nothing; leave it out`,
    );
  }
  const repeated = services.filter((service, index) => services.indexOf(service) !== index);
  validation.holds(repeated.length === 0, `services must not name a service twice, got ${repeated.join(', ')} again`);
  validateZones(validation, all, props);
  validation.throwIfInvalid();
}

function validateZones(validation: PropsValidation, services: Set<string>, props: InterfaceEndpointsProps): void {
  const { availabilityZones } = props.vpc;
  for (const [service, zones] of Object.entries(props.serviceZones ?? {})) {
    validation.holds(
      services.has(service),
      `serviceZones names "${service}", which has no endpoint here; leave it out`,
    );
    const unknown = zones.filter((zone) => !availabilityZones.includes(zone));
    validation.holds(
      zones.length > 0 && unknown.length === 0,
      `serviceZones of "${service}" must be 1 or more of the VPC's zones ${availabilityZones.join(', ')}, ` +
        `got ${zones.join(', ') || 'none'}`,
    );
  }
}

/** `ecr.api` -> `EcrApi` */
function pascalCase(service: string): string {
  return service.replace(/(^|[.-])([a-z0-9])/g, (_match, _separator, letter: string) => letter.toUpperCase());
}
