import { join } from 'path';
import { Mark, measured } from '../logs/Mark';
import { measureCanary } from './canary/measureCanary';
import {
  measurePerfherder,
  measureTcpd,
} from './changePoints/measureChangePoints';
import { measureCulprit } from './culprit/measureCulprit';
import { measureFlaky, readRates } from './flaky/measureFlaky';
import { measureNab, NabFigures } from './nab/measureNab';
import { measureFalseAlarms } from './noise/measureFalseAlarms';
import { measurePooling } from './pooling/measurePooling';
import { measureSpeed } from './speed/measureSpeed';
import { Estimate, share } from './statistics/intervals';

export interface MarkOptions {
  /** Folder with the public data sets. */
  data: string;
  /** A complete copy of NAB, with published results. */
  nab?: string;
}

type Target = { target: number; atMost?: boolean; basis: string };

function estimated(name: string, estimate: Estimate, target: Target): Mark {
  const { value, low, high, count } = estimate;
  return measured({
    name,
    value,
    interval: [low, high],
    cases: count,
    ...target,
  });
}

const rounded = (score: number) => Math.round(score * 100) / 100;

function skipped(name: string, path: string, target: Target): Mark {
  return { name, ...target, skipped: `${path} is missing` };
}

function nabMarks(
  label: string,
  figures: NabFigures,
  targets: [standard: number, lowFp: number, lowFn: number],
): Mark[] {
  const profiles = ['standard', 'lowFp', 'lowFn'] as const;
  return profiles.map((profile, index) => {
    const { score, found, windows, falseRows } = figures[profile];
    return measured({
      name: `NAB ${label}, ${profile}`,
      value: score,
      cases: figures.series,
      target: targets[index],
      basis: 'Score of the Numenta Anomaly Benchmark; one threshold for all',
      details: {
        threshold: figures.threshold,
        'windows found': `${found} of ${windows}`,
        'false rows': falseRows,
      },
    });
  });
}

export function spikeMarks({ data, nab }: MarkOptions): Mark[] {
  const targets: [number, number, number] = [68, 65, 72];
  const tunedOn = join(data, 'nab');
  const { tuned, all, unseen, htmUnseen } = measureNab({ tunedOn, root: nab });
  const wanted = { target: targets[0], basis: 'NAB' };
  return [
    ...(tuned
      ? nabMarks('series of --data', tuned, targets)
      : [skipped('NAB series of --data', tunedOn, wanted)]),
    ...(all
      ? nabMarks('all series', all, targets)
      : [skipped('NAB all series', nab ?? '--nab', wanted)]),
    ...(unseen && htmUnseen
      ? nabMarks('series not in --data, against HTM', unseen, [
          rounded(htmUnseen.standard.score),
          rounded(htmUnseen.lowFp.score),
          rounded(htmUnseen.lowFn.score),
        ])
      : [skipped('NAB series not in --data', nab ?? '--nab', wanted)]),
  ];
}

export function shiftMarks({ data }: MarkOptions): Mark[] {
  const tcpd = measureTcpd(join(data, 'tcpd'));
  const perfherder = measurePerfherder(join(data, 'perfherder'));
  const cover = {
    target: 0.7,
    basis: 'Turing Change Point Dataset, univariate series, one setting',
  };
  const alerts = {
    target: 0.91,
    basis: "Perfherder's own alerts, within 5 pushes",
  };
  return [
    ...(tcpd
      ? [
          measured({
            name: 'TCPD cover',
            value: tcpd.cover,
            cases: tcpd.series,
            ...cover,
          }),
          measured({
            name: 'TCPD F1',
            value: tcpd.f1,
            cases: tcpd.series,
            ...cover,
            target: 0.74,
          }),
        ]
      : [skipped('TCPD', join(data, 'tcpd'), cover)]),
    ...(perfherder
      ? [
          estimated(
            'Perfherder alerts found',
            share(perfherder.found, perfherder.expected),
            alerts,
          ),
          measured({
            name: 'Perfherder alerts beside them',
            value: perfherder.extra,
            cases: perfherder.points,
            atMost: true,
            ...alerts,
            target: 1,
          }),
        ]
      : [skipped('Perfherder', join(data, 'perfherder'), alerts)]),
  ];
}

export function falseAlarmMarks(): Mark[] {
  const basis =
    'Alerts per 1,000 events of stationary noise; 40 seeds from 201 on, 2,000 events each; 95 % by Student';
  return Object.entries(measureFalseAlarms()).flatMap(([noise, figures]) =>
    Object.entries(figures).map(([detector, estimate]) =>
      estimated(`false alarms, ${detector}, ${noise}`, estimate, {
        target: 0.2,
        atMost: true,
        basis,
      }),
    ),
  );
}

export function poolingMarks(): Mark[] {
  return measurePooling().map(({ length, alone, pooled }) => ({
    ...estimated(
      `runs of twice the length found, ${length} events, pooled`,
      pooled.recall,
      {
        target: alone.recall.value,
        basis:
          'Simulated jobs, spread 8 to 20 %, against the same without a pool; 20 seeds from 501 on, 40 series each; 95 % by Student',
      },
    ),
    details: {
      'false alarms per 1,000': pooled.falseAlarms.value.toFixed(2),
      'without a pool': alone.falseAlarms.value.toFixed(2),
    },
  }));
}

export function flakyMarks({ data }: MarkOptions): Mark[] {
  const rates = readRates(data);
  const basis =
    'Played with true rates of 10,000 reruns each, one retry, 3 % regressions, 0.3 % of commits in an outage; 20 seeds from 101 on; 95 % by Student';
  if (!rates) {
    return [
      skipped('flaky tests', join(data, 'flakeflagger'), {
        target: 0.99,
        basis,
      }),
    ];
  }
  return [300, 1000].flatMap(commits => {
    const figures = measureFlaky(rates, commits);
    const mark = (name: string, estimate: Estimate, target: number): Mark => ({
      ...estimated(`flaky, ${commits} commits, ${name}`, estimate, {
        target,
        basis,
      }),
      details: { tests: figures.tests, flaky: figures.flaky },
    });
    return [
      mark('precision', figures.precision, 0.99),
      mark('recall of those that fail in 1 %', figures.recallOften, 0.95),
      {
        ...mark('F1', figures.f1, commits === 300 ? 0.8 : 0.93),
        details: {
          'F1 of naming each test that ever came and went':
            figures.mostF1.value.toFixed(3),
        },
      },
    ];
  });
}

export function culpritMarks(): Mark[] {
  return [0, 3].flatMap(reruns => {
    const figures = measureCulprit(reruns);
    const basis = `Simulated ranges of up to 25 commits: 40 % flakes, 10 % infrastructure; one retry and ${reruns} advised reruns; 20 seeds, 100 ranges each; 95 % by Wilson`;
    const mark = (name: string, estimate: Estimate, target: number) =>
      estimated(`culprit, ${reruns} advised reruns, ${name}`, estimate, {
        target,
        basis,
      });
    return [
      mark('first', figures.top1, 0.7),
      mark('among five', figures.top5, 0.9),
      {
        ...mark('flakes called nobody', figures.nobody, 0.95),
        details: {
          'culprits called nobody': figures.wronglyNobody.value.toFixed(3),
          'infrastructure named': figures.infrastructure.value.toFixed(3),
        },
      },
    ];
  });
}

export function canaryMarks(): Mark[] {
  const basis =
    '50 runs a side, lognormal, coefficient of variation .3; 2,000 seeds from 401 on; 95 % by Wilson';
  const { power, powerWithLooks, falseFails } = measureCanary();
  return [
    {
      ...estimated('canary, power at +20 %', power, { target: 0.75, basis }),
      details: { 'with 11 looks': powerWithLooks.value.toFixed(3) },
    },
    ...Object.entries(falseFails).map(([name, estimate]) =>
      estimated(`canary, false fails, ${name}`, estimate, {
        target: 0.02,
        atMost: true,
        basis,
      }),
    ),
  ];
}

export function speedMarks(): Mark[] {
  return Object.entries(measureSpeed()).map(([name, { seconds, published }]) =>
    measured({
      name: `speed, 1 M events, ${name}`,
      value: seconds,
      unit: 's',
      target: 2 * published,
      atMost: true,
      basis: 'Processor time, least of three runs, one core',
    }),
  );
}
