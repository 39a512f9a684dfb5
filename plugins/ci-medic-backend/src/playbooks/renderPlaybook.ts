import { CATEGORY_TITLES } from '@ci-medic/diagnosis';
import { wilsonInterval } from '@ci-medic/plugin-ci-medic-common';
import { codeBlock, escapeMarkdown } from './escapeMarkdown';
import { PlaybookBody } from './PlaybookBody';

const percent = (share: number) => `${Math.round(share * 100)} %`;
const day = (time: number) => new Date(time).toISOString().slice(0, 10);

/**
 * A playbook as Markdown: what comes from records first, what people wrote last.
 *
 * @param options.incidentPath - path of an incident in the portal
 */
export function renderPlaybook(options: {
  body: PlaybookBody;
  /** Entities that struck others than those that are shown. */
  others?: number;
  notes?: string;
  incidentPath(entityRef: string, incidentId: string): string;
}): string {
  const { body, others = 0, notes, incidentPath } = options;
  const section = (title: string, lines: string[]) =>
    lines.length > 0 ? [`## ${title}`, '', ...lines, ''] : [];
  const kind = body.kind
    ? `${CATEGORY_TITLES[body.category]}: ${body.kind}`
    : CATEGORY_TITLES[body.category];
  return [
    `# ${escapeMarkdown(body.title)}`,
    '',
    `**${escapeMarkdown(kind)}** · ${body.occurrences} failed jobs in ${
      body.incidentCount
    } incidents within ${body.days} days · first ${day(
      body.firstAt,
    )}, last ${day(body.lastAt)}`,
    '',
    ...(body.description ? [escapeMarkdown(body.description), ''] : []),
    ...section(
      'Symptom',
      body.evidence.length ? [codeBlock(body.evidence)] : [],
    ),
    ...section(
      'What to do',
      body.steps.map((step, index) => `${index + 1}. ${escapeMarkdown(step)}`),
    ),
    ...section('Remedies tried', [
      ...body.remedies.map(({ action, succeeded, tried }) => {
        const { value, low, high } = wilsonInterval(succeeded, tried);
        return `- \`${action}\`: worked ${succeeded} of ${tried} times (${percent(
          value,
        )}, 95% interval ${percent(low)} to ${percent(high)})`;
      }),
      ...body.fixes.map(
        ({ text, at }) => `- ${escapeMarkdown(text)} (${day(at)})`,
      ),
    ]),
    ...section(
      'What caused it',
      body.causes.map(
        ({ title, count }) => `- ${escapeMarkdown(title)} (${count} times)`,
      ),
    ),
    ...section(
      'What was unusual with it',
      (body.unusual ?? []).map(
        ({ title, count }) =>
          `- ${escapeMarkdown(title)} (${count} ${
            count === 1 ? 'incident' : 'incidents'
          })`,
      ),
    ),
    ...section('Services struck', [
      ...body.struck.map(
        ({ entityRef, owner, occurrences, lastAt }) =>
          `- ${escapeMarkdown(entityRef)}${
            owner ? `, owned by ${escapeMarkdown(owner)}` : ''
          }: ${occurrences} failed jobs, last ${day(lastAt)}`,
      ),
      ...(others > 0 ? [`- and ${others} of other owners`] : []),
    ]),
    ...section(
      'Latest incidents',
      body.incidents.map(
        ({ id, entityRefs, title, at, state }) =>
          `- [${escapeMarkdown(title)}](${incidentPath(
            entityRefs[0],
            id,
          )}), ${state}, ${day(at)}`,
      ),
    ),
    ...section('Notes', notes?.trim() ? [notes.trim()] : []),
  ].join('\n');
}
