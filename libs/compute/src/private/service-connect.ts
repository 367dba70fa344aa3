import * as ecs from 'aws-cdk-lib/aws-ecs';
import type { ServiceOptions, ServiceSettings } from '../service-options';
import { APPLICATION_PORT } from './defaults';
import { HTTP_PORT_NAME, type ServiceName } from './task';

/**
 * A service that others reach as `http://<name>:<port>`. In Cloud Map it has a name of its own, since the one of its DNS
 * records is taken: so the switch is turned on, and off, without a moment in which services do not find each other.
 */
export function serviceConnect(name: ServiceName, props: ServiceSettings & ServiceOptions): ecs.ServiceConnectProps {
  return {
    namespace: props.discoveryNamespace!.namespaceArn,
    services: [
      {
        portMappingName: HTTP_PORT_NAME,
        discoveryName: `${name}-connect`,
        dnsName: name,
        port: props.port ?? APPLICATION_PORT,
      },
    ],
    logDriver: ecs.LogDrivers.awsLogs({ logGroup: props.logGroup, streamPrefix: `${name}-connect` }),
  };
}
