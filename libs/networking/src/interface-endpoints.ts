import { PropsValidation } from '@v3-backend/core';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';

/** Services that a network reaches through gateway endpoints, which cost nothing. */
const GATEWAY_SERVICES = ['s3', 'dynamodb'];

/** Which services have an endpoint, and where. */
export interface InterfaceEndpointsProps {
  /** The VPC, with private subnets. */
  readonly vpc: ec2.IVpc;

  /** Who may use the endpoints: this group allows port 443 from the tasks. */
  readonly securityGroup: ec2.ISecurityGroup;

  /**
   * The services, as in their endpoints' names after `com.amazonaws.{region}.`: `ecr.api`, `ecr.dkr`, `logs`,
   * `secretsmanager`, `ssm`, `kms`, `sqs`, `ssmmessages`, …
   */
  readonly services: string[];
}

/**
 * Interface endpoints (PrivateLink) in the private subnets, with private DNS names: tasks reach these services without
 * NAT. Each costs by the hour and zone.
 */
export class InterfaceEndpoints extends Construct {
  /** The endpoints, in the order of the services. */
  public readonly endpoints: ec2.InterfaceVpcEndpoint[];

  /** @throws when a service is no service name, is named twice, or has a gateway endpoint. */
  constructor(scope: Construct, id: string, props: InterfaceEndpointsProps) {
    super(scope, id);
    validate(this, props.services);
    this.endpoints = props.services.map(
      (service) =>
        new ec2.InterfaceVpcEndpoint(this, pascalCase(service), {
          vpc: props.vpc,
          service: new ec2.InterfaceVpcEndpointAwsService(service),
          subnets: { subnetType: ec2.SubnetType.PRIVATE_WITH_EGRESS, onePerAz: true },
          securityGroups: [props.securityGroup],
          privateDnsEnabled: true,
          // The group comes with its rules; by default an endpoint opens it to the whole VPC.
          open: false,
        }),
    );
  }
}

function validate(scope: Construct, services: string[]): void {
  const validation = new PropsValidation(scope);
  for (const service of services) {
    validation.matches('services', '[a-z0-9-]+(\\.[a-z0-9-]+)*', 'service names such as "ecr.api"', service);
    validation.holds(
      !GATEWAY_SERVICES.includes(service),
      `services must not name "${service}": the network has a gateway endpoint for it, which costs nothing; leave it out`,
    );
  }
  const repeated = services.filter((service, index) => services.indexOf(service) !== index);
  validation.holds(repeated.length === 0, `services must not name a service twice, got ${repeated.join(', ')} again`);
  validation.throwIfInvalid();
}

/** `ecr.api` -> `EcrApi` */
function pascalCase(service: string): string {
  return service.replace(/(^|[.-])([a-z0-9])/g, (_match, _separator, letter: string) => letter.toUpperCase());
}
