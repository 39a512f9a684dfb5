/**
 * A problem that the person at the keyboard can solve. Its message is one
 * sentence that says what is wrong and what to do; no stack trace is shown.
 */
export class Advice extends Error {
  name = 'Advice';
}
