/** Durations as `ciMedic.remediation.timings` has them. */
export type ChaosTimings = {
  call: string;
  slack: string;
  latestAction: string;
  look: string;
  watch?: string;
};

/** What a replica is told when it starts. */
export type ReplicaOptions = {
  port: number;
  url: string;
  connection: string;
  /** Of the load, and of the organisation where there is one. */
  ciHosts: string[];
  secret: string;
  repositories: string[];
  timings: ChaosTimings;
};
