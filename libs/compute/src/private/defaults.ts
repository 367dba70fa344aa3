/** Seconds between SIGTERM and SIGKILL, by service; Fargate allows 120 at most. */
export const STOP_TIMEOUT_SECONDS = {
  /** Longer than the 30 s for which the load balancer drains a target, so that open requests can end. */
  api: 60,
  /** As long as Fargate allows: a job should end rather than be received a second time. */
  worker: 120,
  scheduler: 30,
  /** As long as Fargate allows: a schema change must not be cut off. */
  migration: 120,
};

/** Seconds after a task's start in which failed load balancer checks do not count, by service. */
export const HEALTH_CHECK_GRACE_SECONDS = { api: 120, worker: 60, scheduler: 60 };

export const TASK_SIZE = { cpu: 256, memoryMiB: 512 };
export const CAPACITY = { min: 1, max: 4 };

/** Tasks during an update, in percent of those wanted: a task is added before one is taken away. */
export const ROLLING_PERCENT = { minHealthy: 100, maxHealthy: 200 };

/** The port on which the containers listen. */
export const APPLICATION_PORT = 3000;

export const SCALING = {
  cpuTargetPercent: 60,
  memoryTargetPercent: 75,
  requestsPerTaskPerMinute: 1000,
  backlogPerTask: 10,
  scaleOutCooldownSeconds: 60,
  /** Slow to shrink: a task that is stopped and started again within minutes serves nobody. */
  scaleInCooldownSeconds: 300,
};

export const CONTAINER_HEALTH_CHECK = { intervalSeconds: 10, timeoutSeconds: 5, retries: 3, startPeriodSeconds: 60 };

/** Seconds for which clients may keep a service's address after it left service discovery. */
export const DISCOVERY_TTL_SECONDS = 10;

/** How long the migration may take, and how often it is asked for. */
export const MIGRATION = { timeoutMinutes: 30, pollSeconds: 5 };

/** ECS's own defaults, except the time for which both revisions stay: that would be 36 hours. */
export const TRAFFIC_SHIFT = {
  bakeMinutes: 10,
  canary: { percent: 5, minutes: 10 },
  linear: { percent: 10, minutes: 6 },
};
