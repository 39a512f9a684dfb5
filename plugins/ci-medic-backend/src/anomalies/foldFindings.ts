import { Finding } from '@ci-medic/detection';
import { RangeEnd, SeriesMetric } from '@ci-medic/plugin-ci-medic-common';
import { FoundAnomaly } from './FoundAnomaly';
import { SeriesEvent } from './SeriesEvent';

/** Things of these kinds concern single runs, so there is nothing that could go on. */
const momentary: Finding['kind'][] = ['spike', 'novel'];

/**
 * Puts the stages of each thing together: what was noted, confirmed and went away is one anomaly. A level that moved again
 * takes the place of the one before.
 *
 * @param findings - of one series, in order
 * @param events - of which the positions are known
 */
export function foldFindings(
  findings: Finding[],
  metric: SeriesMetric,
  events: SeriesEvent[],
): FoundAnomaly[] {
  const found = new Map<string, FoundAnomaly>();
  for (const finding of findings) {
    const { id, kind, stage, at, began } = finding;
    const before = found.get(id);
    if (stage === 'went_away' && before?.finding.stage === 'note') {
      // It was never confirmed, so there is nothing that could be over.
      found.delete(id);
      continue;
    }
    if (stage === 'went_away' && before) {
      // What it was stays; the sentence says that it is over.
      before.finding = { ...before.finding, stage, sentence: finding.sentence };
      before.endedAt = began.at > before.finding.began.at ? began.at : at;
      continue;
    }
    if (stage === 'alert') {
      endOthers(found, finding);
    }
    const [first, last] = began.range;
    found.set(id, {
      metric,
      finding,
      began: endOf(began.seq, began.at, events),
      ...(!momentary.includes(kind) && {
        range: {
          first: endOf(first, began.at, events),
          last: endOf(last, began.at, events),
          probability: began.probability,
        },
      }),
      ...((momentary.includes(kind) || stage === 'went_away') && {
        endedAt: at,
      }),
      ...(stage === 'went_away' && { onlyEnds: true as const }),
    });
  }
  return [...found.values()];
}

function endOthers(found: Map<string, FoundAnomaly>, by: Finding) {
  for (const [id, other] of found) {
    const { kind, stage } = other.finding;
    if (id === by.id || kind !== by.kind || other.endedAt) {
      continue;
    }
    if (stage === 'note') {
      // It began a little earlier or later than it seemed to at first.
      found.delete(id);
    } else {
      other.endedAt = by.began.at;
    }
  }
}

/** The run at a position, or the nearest one that is known. */
function endOf(seq: number, at: number, events: SeriesEvent[]): RangeEnd {
  const event = events.find(one => one.seq >= seq) ?? events[events.length - 1];
  if (!event) {
    return { at: new Date(at).toISOString() };
  }
  return {
    at: new Date(event.at).toISOString(),
    runId: event.runId || undefined,
    runNumber: event.number,
    commitSha: event.commitSha,
  };
}
