import { judgeSteps, StepLog } from './judgeSteps';

function step(number: number, name: string, lastError?: string): StepLog {
  const endsInError = lastError?.startsWith('Process completed') ?? false;
  const facts = { lines: 1, labels: [], lastError, endsInError };
  return { number, name, facts };
}

const FAILED = 'Process completed with exit code 1.';

describe('judgeSteps', () => {
  it.each([
    [
      'the last step that ran and says so',
      [
        step(1, 'Set up job'),
        step(2, 'test', FAILED),
        step(5, 'Post checkout'),
      ],
      ['success', 'failure', 'success'],
    ],
    [
      'not a step that was allowed to fail',
      [step(1, 'lint', FAILED), step(2, 'test'), step(3, 'Complete job')],
      ['success', 'success', 'success'],
    ],
    [
      'a step after which others were left out',
      [step(1, 'build', FAILED), step(4, 'upload'), step(9, 'Complete job')],
      ['failure', 'success', 'success'],
    ],
    [
      'not an annotation of a step that others followed later',
      [step(1, 'scan', 'This version is deprecated'), step(3, 'upload')],
      ['success', 'success'],
    ],
    [
      'a cancelled step as cancelled',
      [step(1, 'test', 'The operation was canceled.')],
      ['cancelled'],
    ],
    [
      'a step that took too long as timed out',
      [
        step(
          1,
          'test',
          'The job has exceeded the maximum execution time of 6h',
        ),
      ],
      ['timed_out'],
    ],
  ])('counts %s', (_, steps, conclusions) => {
    expect(judgeSteps(steps)).toEqual(conclusions);
  });

  it('takes every claim to have failed when nothing else explains the end', () => {
    const steps = [step(1, 'test', FAILED), step(2, 'report')];
    expect(judgeSteps(steps)).toEqual(['success', 'success']);
    expect(judgeSteps(steps, { lenient: true })).toEqual([
      'failure',
      'success',
    ]);
  });
});
