import type { EnvironmentConfigInput } from '../schema';

/** Serves the users; every protection is on. */
export const production: EnvironmentConfigInput = {
  environment: 'production',
  account: '333333333333',
  region: 'eu-central-1',
  availabilityZones: ['eu-central-1a', 'eu-central-1b', 'eu-central-1c'],
  crossStackReferences: 'ssm',
  computeLayout: 'modular',
  protect: true,
  ownership: { owner: 'platform@v3-backend.example.com', costCenter: 'v3-backend-production' },
  github: { repository: 'v3-backend/v3-backend' },
  networking: {
    vpcCidr: '10.30.0.0/16',
    natGateways: 'perZone',
    interfaceEndpoints: ['ecr.api', 'ecr.dkr', 'logs', 'secretsmanager'],
  },
  storage: { logRetentionDays: 90, backupRetentionDays: 365 },
  database: {
    majorVersion: '17',
    instanceType: 'm7g.large',
    allocatedStorageGiB: 20,
    maxAllocatedStorageGiB: 500,
    multiAz: true,
    backupRetentionDays: 30,
    databaseName: 'v3backend',
    rotateCredentials: true,
  },
  loadBalancer: {
    ssl: {
      enabled: true,
      domainName: 'api.v3-backend.example.com',
      hostedZoneName: 'v3-backend.example.com',
      // The only record of the name, so it gets everything; another environment can take over step by step.
      weightedRecord: { weight: 100, setIdentifier: 'eu-central-1' },
      postQuantumTls: true,
    },
    internalCidrs: ['10.30.0.0/16'],
    zonalShift: true,
  },
  services: {
    imageRepository: 'v3-backend',
    defaultImageTag: 'initial',
    cpuArchitecture: 'ARM64',
    containerInsights: 'enhanced',
    workerSpotPercent: 0,
    api: { cpu: 1024, memoryMiB: 2048, minCapacity: 3, maxCapacity: 12 },
    worker: { cpu: 1024, memoryMiB: 2048, minCapacity: 1, maxCapacity: 12 },
    scheduler: { cpu: 256, memoryMiB: 512 },
    migration: { cpu: 256, memoryMiB: 512 },
    logRetentionDays: 90,
  },
  monitoring: { alarmEmails: ['alerts@v3-backend.example.com'] },
  logForwarder: { lokiUrl: 'https://logs-prod-eu-west-0.grafana.net/loki/api/v1/push' },
};
