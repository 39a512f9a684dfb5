import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  AlertActionKind,
  FeedbackInput,
} from '@ci-medic/plugin-ci-medic-common';

/** A run that failed, and the incident that it failed by. */
export type FailedRun = { incidentId: string; runId: string; attempt: number };

/** Somebody whom Backstage knows. */
export type Person = BackstageCredentials<BackstageUserPrincipal>;

/** Something that could be done about an incident as soon as people agree. */
export type OpenPlan = {
  id: string;
  /** Stands for all that the plan says: what is agreed to is this and nothing else. */
  hash: string;
  title: string;
  what: string;
  worstCase: string;
  approvalsNeeded: number;
  approvals: number;
};

/**
 * What the buttons of messages do. Other steps do it; this one only knows that it can be asked for.
 */
export type AlertPorts = {
  /** Why the failed jobs of a run cannot be run again; `undefined` when they can. */
  rerunRefusal(run: FailedRun): Promise<string | undefined>;

  /** Asks for a rerun, at most once for a run and an attempt: asking again gives what is there. */
  rerun(run: FailedRun & { requestedBy: string }): Promise<{ isNew: boolean }>;

  /** What waits for people to agree, other than a rerun. */
  openPlan(run: FailedRun): Promise<OpenPlan | undefined>;

  /**
   * Hears that a person agrees to a plan; says what came of it. Saying it again changes nothing.
   *
   * @throws ConflictError when the plan is another one by now; NotAllowedError when a gate says no.
   */
  approve(said: {
    planId: string;
    hash: string;
    person: string;
  }): Promise<string>;

  /** Takes what a person says of the diagnosis. `pressId` is the same when it is said again. Absent where nobody asks. */
  feedback?(said: {
    incidentId: string;
    input: FeedbackInput;
    actor: string;
    via: string;
    pressId: string;
  }): Promise<void>;

  /** Why a person may not press a button of a message about some entities; `undefined` when they may. */
  refusal(
    person: Person,
    entityRefs: string[],
    kind: AlertActionKind,
  ): Promise<string | undefined>;

  /** The credentials of a user who pressed a button in a channel, as of now. */
  credentialsOf(userRef: string): Promise<Person>;
};
