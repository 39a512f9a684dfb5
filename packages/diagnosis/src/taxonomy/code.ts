import { subCategoriesOf } from './SubCategory';

/** What a change in the repository itself broke. */
export const code = subCategoriesOf('code', {
  compile: {
    title: 'Does not compile',
    description: 'A compiler or type checker refuses the sources.',
    example: "src/cart.ts(12,7): error TS2532: Object is possibly 'undefined'.",
    advice: [
      'Open the first error; later ones often follow from it.',
      'Build locally with the same versions.',
    ],
    transient: 0.03,
    remedies: ['canary', 'advise'],
  },
  link: {
    title: 'Does not link',
    description: 'Everything compiled, but a symbol or library is missing.',
    example: "undefined reference to `price_of'",
    advice: ['Check what the change added to, or removed from, the link line.'],
    transient: 0.12,
    remedies: ['canary', 'advise'],
  },
  test_assertion: {
    title: 'Test finds a wrong result',
    description:
      'A test ran to its end and found something else than expected.',
    example: 'Expected: 12.50  Received: 12.49',
    advice: [
      'Read expected and received; run this test alone.',
      'If the same commit has passed before, treat it as flaky instead.',
    ],
    transient: 0.12,
    remedies: ['canary', 'advise'],
  },
  test_exception: {
    title: 'Test ends with an exception',
    description: 'A test did not come to its checks: the code threw.',
    example: "TypeError: Cannot read properties of undefined (reading 'total')",
    advice: ['Follow the stack to the first line of the own code.'],
    transient: 0.14,
    remedies: ['canary', 'advise'],
  },
  lint: {
    title: 'Breaks a rule of style or quality',
    description:
      'A linter, static analysis or quality gate refuses the change.',
    example:
      "12:7  error  'total' is assigned a value but never used  no-unused-vars",
    advice: ['Repair what it names; many tools can do so by themselves.'],
    transient: 0.03,
    remedies: ['advise'],
  },
  format: {
    title: 'Not formatted',
    description: 'A formatter would change files.',
    example: '[warn] Code style issues found in 2 files. Run Prettier to fix.',
    advice: ['Run the formatter and commit what it changes.'],
    transient: 0.01,
    remedies: ['advise'],
  },
  generated: {
    title: 'Generated files are out of date',
    description:
      'A check made files anew and found a difference from what is committed.',
    example: 'Diff detected - did you run `make generate`?',
    advice: ['Run the generator and commit what it changes.'],
    transient: 0.03,
    remedies: ['advise'],
  },
  crash: {
    title: 'Program crashes',
    description:
      'A program ended by a signal, a panic or an uncaught exception outside of tests.',
    example:
      'panic: runtime error: invalid memory address or nil pointer dereference',
    advice: [
      'Follow the stack to the first line of the own code.',
      'Run again with a sanitizer or debug symbols.',
    ],
    transient: 0.2,
    remedies: ['canary', 'advise'],
  },
  data_race: {
    title: 'Race or memory error found by a checker',
    description:
      'A race detector or sanitizer stopped the program. It is a fault of the code even where it does not show each time.',
    example: 'WARNING: DATA RACE',
    advice: [
      'Read both stacks that the checker prints, and guard what they share.',
    ],
    transient: 0.3,
    remedies: ['canary', 'advise'],
  },
  deployment: {
    title: 'What was deployed does not come up',
    description:
      'A deployment was accepted, but its containers do not become ready, or its checks fail.',
    example: 'error: deployment "shop" exceeded its progress deadline',
    advice: [
      'Go back to the last version that was healthy.',
      'Read the log of the new containers before trying again.',
    ],
    transient: 0.1,
    remedies: ['rollback', 'advise'],
  },
  slower: {
    title: 'Became too slow',
    description:
      'A limit of time, size or a benchmark was exceeded by a change.',
    example: 'REGRESSION: benchmark compile_time increased by 14 %',
    advice: [
      'Compare with the last run under the limit; profile the difference.',
    ],
    transient: 0.15,
    remedies: ['canary', 'advise'],
  },
  merge_conflict: {
    title: 'Does not merge',
    description: 'The change and its base contradict each other.',
    example: 'CONFLICT (content): Merge conflict in src/cart.ts',
    advice: ['Rebase or merge the base, and resolve the conflict.'],
    transient: 0.05,
    remedies: ['advise'],
  },
});
