import { HumanDuration } from '@backstage/types';

export interface Config {
  ciMedic?: {
    poll?: {
      /**
       * How often each repository is asked for runs whose webhook never came. 5 minutes by default.
       */
      interval?: HumanDuration | string;
    };
    catalog?: {
      /**
       * How often the annotations of the catalog are read. 5 minutes by default.
       */
      interval?: HumanDuration | string;
    };
    backfill?: {
      /**
       * Days of history (0 to 400) that are read when an entity is seen for the first time. 30 by default; 0 reads none.
       */
      days?: number;
    };
    logs?: {
      /**
       * Whether the logs of all jobs are read or only those of failed ones. Logs of passing jobs make the explanation
       * of failures better. `all` by default.
       */
      collect?: 'all' | 'failed';
      /**
       * Rules for logs of your own, in order: the first that matches a line wins, and what it recognizes explains a
       * failure before anything else. At most 200. Checked at start, with their own examples.
       */
      rules?: Array<{
        name: string;
        /** In the syntax of RE2: no input makes it slow. */
        pattern: string;
        category?: string;
        /** What to do; shown with the lines. */
        advice?: string;
        /** Groups of the pattern that are kept, by name; all named groups by default. */
        captures?: string[] | { [name: string]: string | number };
        /** Lines that the rule must and must not match. */
        examples?: { match?: string[]; no_match?: string[] };
      }>;
      /**
       * Secrets whose shape only you know, taken out of logs before anything is stored. The group `value` of the
       * pattern is the secret, where there is one; else all that matches.
       */
      secrets?: Array<{ kind: string; pattern: string }>;
    };
    testReports?: {
      /**
       * Patterns of names of artifacts in which to look for JUnit and TRX reports, such as `*junit*`. By default what
       * is usually called so: names with test, junit, report, results, trx or surefire in them.
       */
      artifacts?: string[];
    };
    alerts?: {
      /**
       * Of which incidents owners are told, for entities without the annotation `ci-medic.io/alerts`: `all`, `main`
       * (only what happens on main branches) or `none`. `main` by default.
       */
      scope?: 'all' | 'main' | 'none';
      /**
       * Names of branches that count as main: for alerts, series, trends and for what a branch is compared with.
       * `main`, `master` and `trunk` by default.
       */
      mainBranches?: string[];
      /**
       * Nobody is told of an incident that was last seen longer ago than this. 6 hours by default.
       */
      maxAge?: HumanDuration | string;
      /**
       * How long a button of a message is good for. Whoever presses an old one gets a new one. 24 hours by default.
       */
      buttonExpiry?: HumanDuration | string;
      /**
       * Whether owners get Backstage notifications. `true` by default.
       */
      notifications?: boolean;
    };
    diagnosis?: {
      /**
       * A model behind a server of the Open Inference Protocol v2. Without one, signatures and history answer alone, and
       * every diagnosis says so.
       */
      model?: {
        /**
         * Base address of the server, such as `http://localhost:7009`.
         */
        url: string;
        /**
         * Name of the model. `failure-classifier` by default.
         */
        name?: string;
        /**
         * Version of the model. The server's choice by default.
         */
        version?: string;
        /**
         * After which an answer is not awaited any more. 5 seconds by default.
         */
        timeout?: HumanDuration | string;
      };
    };
    remediation?: {
      /**
       * How far CI Medic goes by itself, by category, action and tier; the rule that says the most decides. Without one
       * it is `suggest`: a person has to want it. What operators set on the Remediation page comes before this.
       */
      modes?: Array<{
        category?: string;
        action?: string;
        /** The label `ci-medic.io/tier` of the entity. */
        tier?: string;
        mode: 'off' | 'shadow' | 'suggest' | 'automatic';
      }>;
      /**
       * Who decides what may be done. A policy that is missing or fails means that nothing may.
       */
      policy?: {
        /** A policy of one's own, compiled to WebAssembly by `opa build`. The one that CI Medic comes with by default. */
        file?: string;
        /** What the policy sees as `data.settings`, such as `automatic: { tiers: ['3'] }`. */
        settings?: object;
      };
      /**
       * Strategies of one's own. They come before the ones that CI Medic comes with, and replace those of the same id.
       */
      strategies?: Array<object>;
      /**
       * The strategies that CI Medic comes with are for runs that are not older than this; by default each has its own
       * bound, from 12 to 48 hours.
       */
      maxAge?: HumanDuration | string;
      /**
       * How much may be done at most. These can only be lowered.
       */
      limits?: {
        /** On one run. 2 by default. */
        perRun?: number;
        /** On a repository within an hour. 10 by default. */
        perRepositoryHour?: number;
        /** On all within an hour. 60 by default. */
        perHour?: number;
        /** Against one cause within a day. 5 by default. */
        perCauseDay?: number;
      };
      /** The time zone of the hours that the policy sees. UTC by default. */
      timeZone?: string;
      /** Times in which changes are frozen; the policy decides what that means. */
      changeFreezes?: Array<{
        /** ISO 8601. */
        from: string;
        /** ISO 8601. */
        to: string;
        reason: string;
      }>;
      /**
       * How long things may take. The defaults fit GitHub; shorter ones endanger that nothing happens twice.
       */
      timings?: {
        /** After which a call is given up. 10 seconds by default. */
        call?: HumanDuration | string;
        /** Within which a call begins after its remediation was claimed. 5 seconds by default. */
        slack?: HumanDuration | string;
        /** How long after a lost connection the CI system may still act. By default what its module says. */
        latestAction?: HumanDuration | string;
        /** How long a request is good for while nothing can be done. 1 hour by default. */
        expiry?: HumanDuration | string;
        /** How long a plan waits for people. 24 hours by default. */
        approval?: HumanDuration | string;
        /** How long the outcome is awaited. 24 hours by default. */
        verification?: HumanDuration | string;
        /** How often to look for the outcome. 30 seconds by default. */
        look?: HumanDuration | string;
        /** How long what helped is watched before it counts as a success. 30 minutes by default. */
        watch?: HumanDuration | string;
      };
    };
    playbooks?: {
      /**
       * Failed jobs of one cause that make a playbook. 3 by default.
       */
      occurrences?: number;
      /**
       * Incidents of one cause that make a playbook. 2 by default.
       */
      incidents?: number;
      /**
       * Days that are looked back on. 90 by default.
       */
      days?: number;
    };
    /**
     * What a minute of a runner costs, by its labels. The first that a runner has counts; `*` is any. Without prices
     * nothing has a cost.
     */
    runnerPrices?: Array<{ label: string; perMinute: number }>;
    anomalies?: {
      /**
       * Of so many anomalies a team is told a day; the others are shown only. 1 by default.
       */
      dailyBudget?: number;
      /**
       * Nobody is told of an anomaly that could be said longer ago, such as those of history. A day by default.
       */
      maxAge?: HumanDuration | string;
    };
    insights?: {
      /**
       * Currency of the prices. `USD` by default.
       */
      currency?: string;
      /**
       * Minutes that a person is assumed to spend on a failed run. 6 by default.
       */
      developerMinutesPerFailure?: number;
      /**
       * Price of an hour of a developer. 0 by default: costs are those of runners alone.
       */
      developerPricePerHour?: number;
      /**
       * Words by which pipelines and jobs are taken for deployments. `deploy`, `release` and `rollout` by default.
       */
      deploymentNames?: string[];
    };
    retention?: {
      /**
       * How long the lines of logs are kept. 30 days by default. Headlines and findings stay as long as the runs.
       */
      logs?: HumanDuration | string;
      /**
       * How long runs with their jobs, steps and test cases are kept. 400 days by default.
       */
      runs?: HumanDuration | string;
    };
  };
}
