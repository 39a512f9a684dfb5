/** Durations as `ciMedic.remediation.timings` has them. */
export type ChaosTimings = {
  call: string;
  slack: string;
  latestAction: string;
  look: string;
};

/** What a replica is told when it starts. */
export type ReplicaOptions = {
  port: number;
  url: string;
  connection: string;
  ciHost: string;
  secret: string;
  repositories: string[];
  timings: ChaosTimings;
};
