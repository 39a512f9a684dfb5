import { parseEntityRef } from '@backstage/catalog-model';
import { Suspect } from '@ci-medic/plugin-ci-medic-common';
import { AlertMessage, AlertSuspect } from '@ci-medic/plugin-ci-medic-node';
import { AlertedIncident, Sighting } from './AlertedIncident';
import { OpenPlan } from './AlertPorts';
import { describeDiagnosis, percent } from './describeDiagnosis';
import { describeNext, listOf } from './describeNext';
import { formatTime } from './formatTime';
import { plainText } from './plainText';

const MOST_EVIDENCE = 8;
const MOST_SUSPECTS = 3;
const LINE_LENGTH = 300;
const SENTENCE_LENGTH = 400;
const TITLE_LENGTH = 200;

/**
 * What people are told of an incident at its latest turning point. The number of occurrences is left out on purpose: a
 * message changes when something turns, not with every failed run.
 */
export function composeMessage(
  incident: AlertedIncident,
  options: { evidence: string[]; canRerun: boolean; plan?: OpenPlan },
): Omit<AlertMessage, 'actions'> {
  const { latest, state, turningPoint, entityRefs, leader } = incident;
  const isNote = leader !== undefined;
  const isTold = state === 'open' && !isNote;
  const diagnosis = isNote ? undefined : incident.diagnosis;
  return {
    incidentId: incident.id,
    ...(incident.kind === 'anomaly' && { subject: 'figure' as const }),
    state,
    kind: isNote ? 'note' : 'incident',
    turningPoint,
    title: plainText(`${listOf(entityRefs, 3)}: ${latest.title}`, TITLE_LENGTH),
    summary: plainText(summaryOf(incident), 1_000),
    diagnosis: diagnosis && described(describeDiagnosis(diagnosis)),
    evidence: isTold ? linesOf(options.evidence) : [],
    suspects: isTold ? suspectsOf(incident) : [],
    cause: causeOf(incident),
    next: sentencesOf(describeNext(incident, options)),
    entityRefs,
    path: pathOf(entityRefs[0], incident.id),
    runUrl: linkOf(latest.url, incident.host),
  };
}

/** What a failure that occurred again adds to the thread. */
export function composeNote(failure: Sighting, host: string) {
  const attempt = failure.attempt > 1 ? `, attempt ${failure.attempt},` : '';
  return {
    text: plainText(
      `Failed again: job "${failure.job}" of "${failure.pipeline}" in ${runOf(
        failure,
      )}${attempt}${
        failure.branch ? ` on ${failure.branch}` : ''
      } (${formatTime(failure.at)})`,
      SENTENCE_LENGTH,
    ),
    url: linkOf(failure.url, host),
  };
}

function described({ text, basis }: { text: string; basis: string[] }) {
  return {
    text: plainText(text, TITLE_LENGTH),
    basis: sentencesOf(basis),
  };
}

function summaryOf(incident: AlertedIncident): string {
  if (incident.kind === 'anomaly') {
    return anomalyOf(incident);
  }
  const { latest, first, turningPoint, turnedAt } = incident;
  const where = `Job "${latest.job}" of "${latest.pipeline}"${
    latest.branch ? ` on ${latest.branch}` : ''
  }`;
  const since = `since ${runOf(first)} (${formatTime(first.at)})`;
  switch (turningPoint) {
    case 'resolved':
      return `Resolved ${formatTime(
        turnedAt,
      )}: every job that this struck has passed again. ${where} failed in this way ${since}.`;
    case 'closed_stale':
      return `Closed ${formatTime(
        turnedAt,
      )}, because it was not seen for 14 days. ${where} failed in this way ${since}.`;
    case 'reopened':
      return `${where} fails in this way again, after it was resolved: first ${since}, again since ${formatTime(
        turnedAt,
      )}.`;
    default:
      return `${where} fails ${since}.`;
  }
}

/** What is unusual although nothing failed. The timeline says it in numbers. */
function anomalyOf({ state, first, turnedAt, turnMessage }: AlertedIncident) {
  const branch = first.branch ? ` on ${first.branch}` : '';
  const where = `in "${first.pipeline}"${branch} since ${runOf(
    first,
  )} (${formatTime(first.at)})`;
  return state === 'open'
    ? `Unusual ${where}: ${turnMessage}`
    : `As usual again ${formatTime(
        turnedAt,
      )}: ${turnMessage}. It was unusual ${where}.`;
}

function causeOf({ leader, rootCause, state }: AlertedIncident) {
  if (leader) {
    return plainText(leader.reason, SENTENCE_LENGTH);
  }
  return rootCause && state === 'open'
    ? plainText(rootCause.sentence, SENTENCE_LENGTH)
    : undefined;
}

function suspectsOf({ rootCause, host }: AlertedIncident): AlertSuspect[] {
  return (rootCause?.suspects ?? [])
    .slice(0, MOST_SUSPECTS)
    .map((suspect: Suspect) => {
      const commit = suspect.commitSha
        ? ` (${suspect.commitSha.slice(0, 7)})`
        : '';
      return {
        text: plainText(
          `${percent(suspect.probability)}: ${plainText(
            suspect.title,
            150,
          )}${commit}`,
          TITLE_LENGTH,
        ),
        reason:
          suspect.reasons[0] && plainText(suspect.reasons[0], SENTENCE_LENGTH),
        url: linkOf(suspect.url, host),
      };
    });
}

function linesOf(lines: string[]): string[] {
  return lines
    .map(line => plainText(line, LINE_LENGTH))
    .filter(line => line.trim() !== '')
    .slice(0, MOST_EVIDENCE);
}

function sentencesOf(texts: string[]): string[] {
  return texts.map(text => plainText(text, SENTENCE_LENGTH));
}

function runOf({ run }: { run?: number }): string {
  return run === undefined ? 'a run' : `run ${run}`;
}

/** Path of an incident in the tab of an entity. */
function pathOf(entityRef: string, incidentId: string): string {
  const { namespace, kind, name } = parseEntityRef(entityRef);
  const parts = [namespace, kind.toLowerCase(), name, 'incidents', incidentId];
  return `/catalog/${parts.map(encodeURIComponent).join('/')}`;
}

/** A link, if it leads to the CI system and nowhere else. */
function linkOf(url: string | undefined, host: string): string | undefined {
  if (!url || !URL.canParse(url)) {
    return undefined;
  }
  const { protocol, host: found, username } = new URL(url);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  return isWeb && username === '' && found === host.toLowerCase()
    ? new URL(url).href
    : undefined;
}
