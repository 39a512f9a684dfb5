import { checkVersion } from '../series/checkPoints';
import { BetaDistribution } from '../statistics/BetaDistribution';
import { formatCount, formatShare } from '../statistics/formatNumbers';
import { correlate } from './correlate';
import {
  FlakyCorrelation,
  FlakyOptions,
  FlakyVerdict,
  TestState,
} from './types';
import { valueRerun } from './valueRerun';

/** Rates of tests that are flaky at all: fitted to public reruns of 7,882 tests. */
const prior = { a: 0.34, b: 11.5 };
const day = 24 * 3_600_000;
const quiet = 14 * day;
const fewestPasses = 5;
/** LUCI: at least 1 % of commits. */
const often = 0.01;
const noticeable = 0.002;

function belief(flips: number, verdicts: number): BetaDistribution {
  return new BetaDistribution(
    prior.a + flips,
    prior.b + Math.max(verdicts - flips, 0),
  );
}

/** So many passes in a row that a test at the low end of its believed rate would have flipped with 95 %. */
function passesNeeded(state: TestState): number {
  const before = Math.max(state.verdicts - state.passesSince, 0);
  const low = belief(state.flips, before).quantile(0.05);
  return Math.max(Math.ceil(Math.log(0.05) / Math.log1p(-low)), fewestPasses);
}

function isBroken({ commits, failures }: TestState): boolean {
  const stays = ({ passed, failed }: TestState['commits'][number]) =>
    passed === 0 && failed > 0;
  const last = commits.slice(-3);
  const lately = commits.filter(stays).length;
  const isLastBroken = last.length > 0 && stays(last[last.length - 1]);
  return (
    isLastBroken &&
    ((last.length === 3 && last.every(stays)) ||
      (lately >= 6 && failures.again >= 0.9 * failures.retried))
  );
}

function verdictOf(state: TestState, now: number): FlakyVerdict['verdict'] {
  const { flips, verdicts, failures, transitions, recent } = state;
  if (isBroken(state)) {
    return 'broken';
  }
  if (flips === 0) {
    if (failures.retried === 0 && failures.first >= 2 && transitions >= 3) {
      return 'unstable';
    }
    return verdicts < fewestPasses ? 'unknown' : 'healthy';
  }
  const last = state.lastFlips[state.lastFlips.length - 1];
  if (now - last.at >= quiet && state.passesSince >= passesNeeded(state)) {
    return 'healthy';
  }
  const isOften =
    flips / verdicts >= often ||
    recent.flips / Math.max(recent.verdicts, 1) >= often ||
    1 - belief(flips, verdicts).below(noticeable) > 0.95;
  return flips >= 2 && isOften ? 'flaky' : 'suspect';
}

function formatAgo(milliseconds: number): string {
  const hours = milliseconds / 3_600_000;
  if (hours < 1) {
    return 'just now';
  }
  return hours < 48
    ? `${formatCount(Math.round(hours), 'hour')} ago`
    : `${Math.round(hours / 24)} days ago`;
}

function formatCorrelation(correlation: FlakyCorrelation): string {
  const { kind, value, flips, of, lift } = correlation;
  const times = lift === undefined ? '' : `, ${lift.toFixed(1)} times as often`;
  return {
    runner: `${flips} of ${formatCount(of, 'commit')} on ${value}${times}`,
    hour: `${flips} between ${value}:00 and ${value}:59 UTC${times}`,
    neighbour: `${flips} of ${of} together with ${value}`,
    message: `same message '${value}' ${flips}/${of}`,
  }[kind];
}

/**
 * Says whether a test is flaky, from results that came and went on the same commit; with the rate, its range, what the
 * flips have in common, and what a rerun would tell.
 *
 * @public
 */
export function judgeTest(
  state: TestState,
  options: FlakyOptions = {},
): FlakyVerdict {
  checkVersion('tests', state, 1);
  const { name, now = state.recent.at } = options;
  const { flips, verdicts, recent } = state;
  const verdict = verdictOf(state, now);
  const believed =
    recent.flips >= 1
      ? belief(recent.flips, recent.verdicts)
      : belief(flips, verdicts);
  const range = believed.range(0.95);
  const correlations = correlate(state);
  const lastFlip = state.lastFlips[state.lastFlips.length - 1];
  const rerun = valueRerun(state);
  const counted =
    flips > 0
      ? `passed and failed on the same commit ${formatCount(
          flips,
          'time',
        )} in ${formatCount(verdicts, 'commit')} (${formatShare(
          believed.mean,
        )}, 95 % range ${formatShare(range[0])} to ${formatShare(
          range[1],
        )}), last ${formatAgo(now - lastFlip.at)}${
          lastFlip.runner === undefined ? '' : ` on ${lastFlip.runner}`
        }`
      : `never passed and failed on the same commit in ${formatCount(
          verdicts,
          'commit',
        )} (95 % sure of under ${formatShare(
          verdicts > 0 ? Math.min(3 / verdicts, 1) : 1,
        )})`;
  const more = {
    broken: '; fails on each of the last commits, whatever is tried',
    unstable: `; changed ${formatCount(
      state.transitions,
      'time',
    )} between commits and was never tried again on one`,
    healthy:
      flips > 0
        ? `; ${formatCount(state.passesSince, 'pass', 'passes')} since`
        : '',
    flaky: '',
    suspect: '',
    unknown: '; too few results',
  }[verdict];
  return {
    version: 1,
    verdict,
    rate: believed.mean,
    range,
    flips,
    commits: verdicts,
    ...(lastFlip && { lastFlip }),
    correlations,
    rerun,
    sentence: `${
      name === undefined ? '' : `${name}: `
    }${verdict}: ${counted}${more}${correlations
      .map(correlation => `; ${formatCorrelation(correlation)}`)
      .join('')}`,
  };
}
