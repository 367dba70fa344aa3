import type { EnvironmentConfigInput } from '../schema';

/** As production, at a smaller size. */
export const staging: EnvironmentConfigInput = {
  environment: 'staging',
  account: '222222222222',
  region: 'eu-west-2',
  availabilityZones: ['eu-west-2a', 'eu-west-2b'],
  crossStackReferences: 'ssm',
  computeLayout: 'modular',
  protect: true,
  ownership: { owner: 'backend@v3-backend.example.com', costCenter: 'v3-backend-development' },
  github: { repository: 'v3-backend/v3-backend' },
  networking: { vpcCidr: '10.20.0.0/16', natGateways: 'single' },
  storage: { logRetentionDays: 30, backupRetentionDays: 30 },
  database: {
    majorVersion: '17',
    instanceType: 't4g.small',
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 100,
    multiAz: false,
    backupRetentionDays: 7,
    databaseName: 'v3backend',
  },
  loadBalancer: {
    ssl: {
      enabled: true,
      domainName: 'api.staging.v3-backend.example.com',
      hostedZoneName: 'staging.v3-backend.example.com',
    },
    internalCidrs: ['10.20.0.0/16'],
  },
  services: {
    imageRepository: 'v3-backend',
    defaultImageTag: 'initial',
    cpuArchitecture: 'ARM64',
    workerSpotPercent: 50,
    api: { cpu: 512, memoryMiB: 1024, minCapacity: 2, maxCapacity: 6 },
    worker: { cpu: 512, memoryMiB: 1024, minCapacity: 1, maxCapacity: 6 },
    scheduler: { cpu: 256, memoryMiB: 512 },
    migration: { cpu: 256, memoryMiB: 512 },
    logRetentionDays: 30,
  },
  monitoring: { alarmEmails: ['alerts@v3-backend.example.com'] },
  logForwarder: { lokiUrl: 'https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push' },
};
