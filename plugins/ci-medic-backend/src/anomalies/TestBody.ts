import { FlakyVerdict, TestState } from '@ci-medic/detection';

/** What is known of a test, stored as JSON. */
export type TestBody = {
  /** Runner minutes of jobs that passed only when they were run again, because of this test. */
  costMinutes: number;
  /** Absent until it is judged. */
  verdict?: FlakyVerdict;
};

/** What is remembered of a test while runs are taken in. */
export type TestMemory = { name: string; state: TestState; body: TestBody };
