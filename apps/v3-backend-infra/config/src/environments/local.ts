import type { EnvironmentConfigInput } from '../schema';

/** The local endpoint: no AWS account is involved. SSL is on, so that all stacks exist. */
export const local: EnvironmentConfigInput = {
  environment: 'local',
  account: '123456789012',
  region: 'eu-west-1',
  availabilityZones: ['eu-west-1a', 'eu-west-1b'],
  crossStackReferences: 'ssm',
  computeLayout: 'modular',
  protect: false,
  ownership: { owner: 'whoever runs it', costCenter: 'none' },
  github: { repository: 'v3-backend/v3-backend' },
  networking: { vpcCidr: '10.0.0.0/16', natGateways: 'single' },
  storage: { logRetentionDays: 7, backupRetentionDays: 7 },
  database: {
    majorVersion: '17',
    instanceType: 't4g.micro',
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 40,
    multiAz: false,
    backupRetentionDays: 0,
    databaseName: 'v3backend',
  },
  loadBalancer: {
    ssl: { enabled: true, domainName: 'api.v3-backend.example.com', hostedZoneName: 'v3-backend.example.com' },
    internalCidrs: ['10.0.0.0/16'],
  },
  services: {
    imageRepository: 'v3-backend',
    defaultImageTag: 'initial',
    cpuArchitecture: 'ARM64',
    workerSpotPercent: 0,
    api: { cpu: 256, memoryMiB: 512, minCapacity: 1, maxCapacity: 2 },
    worker: { cpu: 256, memoryMiB: 512, minCapacity: 1, maxCapacity: 2 },
    scheduler: { cpu: 256, memoryMiB: 512 },
    // No container runs at the local endpoint, so no migration could.
    migration: { cpu: 256, memoryMiB: 512, runBeforeServices: false },
    logRetentionDays: 7,
  },
  monitoring: { alarmEmails: [] },
  logForwarder: { lokiUrl: 'http://127.0.0.1:3100/loki/api/v1/push' },
};
