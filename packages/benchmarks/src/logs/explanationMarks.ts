import { explainCases, Explained } from './explainCases';
import { mean, meanInterval, shareInterval } from './intervals';
import { agreement, Lines, linesOf, shared } from './lineSets';
import { Mark, measured } from './Mark';
import { Case, readCases } from './readCases';

type Truth = {
  error_lines: Lines[];
  second_annotator?: { error: Lines[] };
};

const BASIS =
  'lines that people marked as explaining the failure, F1 a log, mean of all logs; interval by resampling logs';
const HELD_OUT =
  'each log explained by a ranking model that was trained without any log of its project';

/** Explanations compared with the lines that people chose. */
export async function explanationMarks(
  data: string,
  models?: string,
): Promise<Mark[]> {
  const cases = readCases<Truth>(data, 'cidiff');
  const wanted = { budget: 30, cases: cases ?? [] };
  const marks: Mark[] = [];
  for (const passing of [true, false]) {
    const name = passing
      ? 'lines that explain, with a passing log (F1)'
      : 'lines that explain, without (F1)';
    const target = passing ? 0.7 : 0.62;
    const hitName = passing
      ? 'hit with a passing log'
      : 'hit without a passing log';
    if (!cases) {
      const skipped = `${data}/cidiff.jsonl is not there`;
      marks.push({ name, target, basis: BASIS, skipped });
      if (!passing) {
        marks.push({ name: hitName, target: 0.85, basis: BASIS, skipped });
      }
      continue;
    }
    const shipped = await explainCases({ ...wanted, data, passing });
    const heldOut = models
      ? await explainCases({ ...wanted, data, passing, models })
      : undefined;
    const scores = scoresOf(cases, heldOut ?? shipped);
    marks.push(
      measured({
        ...{ name, target, cases: cases.length },
        value: mean(scores.f1),
        interval: meanInterval(scores.f1),
        basis: `cidiff: ${BASIS}; 30 lines; ${
          heldOut
            ? HELD_OUT
            : 'the model as shipped, which was trained on these logs'
        }`,
        details: {
          'mean of projects': roundedMean(byProject(cases, scores.f1)),
          'as shipped': roundedMean(scoresOf(cases, shipped).f1),
          'second person': roundedMean(secondPerson(cases)),
          ...(passing && { hit: roundedMean(scores.hits) }),
        },
      }),
    );
    if (!passing) {
      const hits = scores.hits.filter(hit => hit === 1).length;
      marks.push(
        measured({
          ...{ name: hitName, target: 0.85, cases: cases.length },
          value: hits / cases.length,
          interval: shareInterval(hits, cases.length),
          basis: `cidiff: an explanation of 30 lines touches the lines that people chose; Wilson interval; ${
            heldOut ? HELD_OUT : 'the model as shipped'
          }`,
          details: {
            'mean of projects': roundedMean(byProject(cases, scores.hits)),
            'as shipped': roundedMean(scoresOf(cases, shipped).hits),
          },
        }),
      );
    }
  }
  return marks;
}

function scoresOf(cases: Case<Truth>[], explained: Map<string, Explained>) {
  const f1: number[] = [];
  const hits: number[] = [];
  for (const { id, ground_truth: truth } of cases) {
    const said = linesOf(explained.get(id)?.ranges ?? []);
    const chosen = linesOf(truth.error_lines);
    f1.push(agreement(said, chosen));
    hits.push(shared(said, chosen) > 0 ? 1 : 0);
  }
  return { f1, hits };
}

function secondPerson(cases: Case<Truth>[]): number[] {
  return cases.flatMap(({ ground_truth: truth }) =>
    truth.second_annotator
      ? [
          agreement(
            linesOf(truth.second_annotator.error),
            linesOf(truth.error_lines),
          ),
        ]
      : [],
  );
}

/** Many logs of one project are much alike. */
function byProject(cases: Case<Truth>[], values: number[]): number[] {
  const projects = new Map<string, number[]>();
  cases.forEach(({ id }, index) => {
    const project = id.replace(/(?:_-run)?_?\d+$/, '');
    projects.set(project, [...(projects.get(project) ?? []), values[index]]);
  });
  return [...projects.values()].map(mean);
}

function roundedMean(values: number[]): number {
  return Math.round(1000 * mean(values)) / 1000;
}
