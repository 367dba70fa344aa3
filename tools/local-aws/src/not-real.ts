/** What MiniStack answers without having it, by what a verification relies on. */
export const NOT_REAL: Readonly<Record<string, string>> = {
  containers: 'no container runs at the local endpoint',
  targetHealth: 'the local endpoint calls every target healthy',
  databases: 'no database runs at the local endpoint',
  permissions: 'the local endpoint enforces no permissions',
  encryption: 'the local endpoint records encryption without effect',
  sourceAddress: 'the local endpoint does not look where a request comes from',
};
