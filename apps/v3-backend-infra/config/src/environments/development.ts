import type { EnvironmentConfigInput } from '../schema';

/** Shared by the developers; may be deleted and recreated at any time. */
export const development: EnvironmentConfigInput = {
  environment: 'development',
  account: '111111111111',
  region: 'eu-west-1',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  crossStackReferences: 'ssm',
  computeLayout: 'modular',
  protect: false,
  ownership: { owner: 'backend@v3-backend.example.com', costCenter: 'v3-backend-development' },
  github: { repository: 'v3-backend/v3-backend' },
  networking: { vpcCidr: '10.10.0.0/16', natGateways: 'single' },
  storage: { logRetentionDays: 14, backupRetentionDays: 14 },
  database: {
    majorVersion: '17',
    instanceType: 't4g.micro',
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 50,
    multiAz: false,
    backupRetentionDays: 1,
    databaseName: 'v3backend',
  },
  loadBalancer: {
    ssl: { enabled: true, domainName: 'api.dev.v3-backend.example.com', hostedZoneName: 'dev.v3-backend.example.com' },
    internalCidrs: ['10.10.0.0/16'],
  },
  services: {
    imageRepository: 'v3-backend',
    defaultImageTag: 'initial',
    cpuArchitecture: 'ARM64',
    workerSpotPercent: 100,
    api: { cpu: 256, memoryMiB: 512, minCapacity: 1, maxCapacity: 4 },
    worker: { cpu: 256, memoryMiB: 512, minCapacity: 1, maxCapacity: 4 },
    scheduler: { cpu: 256, memoryMiB: 512 },
    migration: { cpu: 256, memoryMiB: 512 },
    logRetentionDays: 14,
  },
  monitoring: { alarmEmails: [] },
  logForwarder: { lokiUrl: 'https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push' },
};
