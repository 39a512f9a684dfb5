import { Figure, figureOf, rounded, shareOf } from '../logs/figures';
import { mean } from '../logs/intervals';
import { Episode, isTreatable } from './episodes';
import { JudgedAction } from './judgeActions';
import { Lived, Mode } from './liveOn';

const HOUR_MS = 3_600_000;
/** What a failure costs a person who has to find out about it, and an answer to a message; stated, not measured. */
const MINUTES_PER_LOOK = 6;
const MINUTES_PER_ANSWER = 2;
/** What is never green again counts as long as this. */
const MOST_HOURS = 168;

const FASTER = 0.5;
const USELESS = 0.15;

/** Times, costs and actions by mode, and what is to be reached. */
export function scoreWorth(lived: Lived[], weeks: number): object {
  const present = [...new Set(lived.map(({ mode }) => mode))];
  const of = (mode: Mode) => lived.filter(one => one.mode === mode);
  const byMode = Object.fromEntries(
    present.map(mode => [mode, scoreMode(of(mode), weeks)]),
  );
  const faster = (mode: Mode) => fasterThanOff(of('off'), of(mode));
  const actions = of('automatic').flatMap(one => one.actions);
  const automatic = faster('automatic');
  const { n, useless, harmful } = count(actions);
  return {
    modes: byMode,
    treatable_faster: {
      suggest: faster('suggest'),
      automatic,
      basis:
        'one minus the mean time to recovery in that mode by the mean without CI Medic, main branches and deployments; treatable: a rerun, another machine or the image before is what it wants by the hidden truth',
    },
    to_reach: {
      automatic_faster: mark(
        automatic?.value,
        value => value >= FASTER,
        FASTER,
      ),
      harmful: mark(n > 0 ? harmful : undefined, value => value === 0, 0),
      useless: mark(
        n > 0 ? rounded(useless / n) : undefined,
        value => value <= USELESS,
        USELESS,
      ),
    },
  };
}

function mark(
  value: number | undefined,
  isGood: (value: number) => boolean,
  target: number,
) {
  return value === undefined
    ? { reached: false, because: 'nothing to measure it by' }
    : { value, target, reached: isGood(value) };
}

function scoreMode(lived: Lived[], weeks: number): object {
  const episodes = lived.flatMap(one => one.episodes);
  const actions = lived.flatMap(one => one.actions);
  const organisationWeeks = lived.length * weeks;
  const ofLane = (lane: Episode['lane']) =>
    episodes.filter(episode => episode.lane === lane);
  const perWeek = (figure: (one: Lived) => number) =>
    figureOf(lived, drawn => mean(drawn.map(figure)) / weeks);
  const kinds = [...new Set(actions.map(({ action }) => action))].sort();
  return {
    organisation_weeks: organisationWeeks,
    hours_to_recovery: {
      treatable: hoursOf(shown(episodes).filter(isOfTreatable)),
      others: hoursOf(shown(episodes).filter(one => !isOfTreatable(one))),
      by_category: byKey(shown(episodes), ({ cause }) => cause.category),
      by_cause: byKey(shown(episodes), ({ cause }) => cause.kind),
      by_lane: {
        main: hoursOf(ofLane('main')),
        deployment: hoursOf(ofLane('deployment')),
        pull_request: hoursOf(ofLane('pull_request')),
      },
    },
    red_hours_of_main_per_week: perWeek(one => one.redHours),
    runner_minutes_per_week: perWeek(one => one.runnerMinutes),
    developer_minutes_per_week: perWeek(
      one => one.looks * MINUTES_PER_LOOK + one.answers * MINUTES_PER_ANSWER,
    ),
    failures_looked_at_per_week: perWeek(one => one.looks),
    actions: {
      ...shares(actions),
      by_action: Object.fromEntries(
        kinds.map(kind => [
          kind,
          count(actions.filter(({ action }) => action === kind)),
        ]),
      ),
      automatic: count(
        actions.filter(({ started }) => started === 'automatic'),
      ),
    },
  };
}

/** Main branches and deployments: what a branch of a change waits for is up to its author. */
function shown(episodes: Episode[]): Episode[] {
  return episodes.filter(({ lane }) => lane !== 'pull_request');
}

function isOfTreatable({ cause }: Episode): boolean {
  return isTreatable(cause);
}

function hours({ from, until = Infinity }: Episode): number {
  return Math.min(MOST_HOURS, (until - from) / HOUR_MS);
}

function hoursOf(episodes: Episode[]) {
  const sorted = episodes.map(hours).sort((left, right) => left - right);
  const at = (share: number) =>
    sorted.length === 0
      ? undefined
      : rounded(sorted[Math.ceil(sorted.length * share) - 1]);
  return {
    mean: figureOf(sorted, mean),
    ...{ median: at(0.5), p90: at(0.9) },
    never_green: episodes.filter(({ until }) => until === undefined).length,
  };
}

function byKey(episodes: Episode[], keyOf: (episode: Episode) => string) {
  const keys = [...new Set(episodes.map(keyOf))].sort();
  return Object.fromEntries(
    keys.map(key => [
      key,
      hoursOf(episodes.filter(episode => keyOf(episode) === key)),
    ]),
  );
}

function fasterThanOff(off: Lived[], other: Lived[]): Figure | undefined {
  if (off.length === 0 || other.length === 0) {
    return undefined;
  }
  const cases = [off, other].flatMap((lived, index) =>
    lived
      .flatMap(one => shown(one.episodes))
      .filter(isOfTreatable)
      .map(episode => ({ isOff: index === 0, hours: hours(episode) })),
  );
  return figureOf(cases, drawn => {
    const meanOf = (isOff: boolean) =>
      mean(drawn.filter(one => one.isOff === isOff).map(one => one.hours));
    return 1 - meanOf(false) / meanOf(true);
  });
}

function count(actions: JudgedAction[]) {
  const of = (verdict: JudgedAction['verdict']) =>
    actions.filter(one => one.verdict === verdict).length;
  return {
    ...{ n: actions.length, useful: of('useful'), useless: of('useless') },
    ...{ harmful: of('harmful'), open: of('open') },
  };
}

function shares(actions: JudgedAction[]) {
  const { n, useless, harmful } = count(actions);
  return {
    ...count(actions),
    share_useless: shareOf(useless, n),
    share_harmful: shareOf(harmful, n),
  };
}
