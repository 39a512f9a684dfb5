import {
  Diagnosis,
  FeedbackInput,
  RemediationState,
  RootCause,
} from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage } from '@ci-medic/plugin-ci-medic-node';

/** A failed job, as far as it is told of. */
export type Sighting = {
  jobId: string;
  runId: string;
  attempt: number;
  title: string;
  job: string;
  pipeline: string;
  branch?: string;
  run?: number;
  url?: string;
  at: number;
};

/** What was done about an incident last. */
export type LatestRemediation = {
  id: string;
  action: string;
  runId: string;
  attempt: number;
  state: RemediationState;
  reason: string;
  requestedBy: string;
  updatedAt: number;
};

/** What is told of an incident. Times are epoch milliseconds. */
export type AlertedIncident = {
  id: string;
  /** Failed jobs, or figures that are unusual although nothing failed. */
  kind: 'failure' | 'anomaly';
  state: 'open' | 'resolved';
  /** Host of the repository, on which links may lie. */
  host: string;
  lastSeenAt: number;
  turningPoint: AlertMessage['turningPoint'];
  turnedAt: number;
  /** Grows with every state change. */
  turn: number;
  /** What the timeline says of the last one. */
  turnMessage: string;
  entityRefs: string[];
  branches: string[];
  first: Sighting;
  latest: Sighting;
  diagnosis?: Diagnosis;
  rootCause?: RootCause;
  remediation?: LatestRemediation;
  feedback?: { verdict: FeedbackInput['verdict']; actor: string };
  /** The incident of which this one is a consequence. */
  leader?: { id: string; reason: string; entityRefs: string[] };
  /** Other entities that incidents of the same cause strike. */
  alsoStruck: string[];
};
