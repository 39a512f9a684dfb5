import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';
import { stableId } from '../database';

/**
 * Everything in a playbook but what people wrote, as it is stored. Times are epoch milliseconds.
 */
export type PlaybookBody = {
  title: string;
  category: FailureCategory;
  subCategory?: string;
  kind?: string;
  description?: string;
  steps: string[];
  evidence: string[];
  causes: { title: string; count: number; entityRefs: string[] }[];
  /** Figures that were unusual with it; absent in playbooks that were written before there were any. */
  unusual?: { title: string; count: number; entityRefs: string[] }[];
  remedies: { action: string; succeeded: number; tried: number }[];
  fixes: { text: string; at: number; entityRefs: string[] }[];
  struck: {
    entityRef: string;
    owner?: string;
    occurrences: number;
    lastAt: number;
  }[];
  incidents: {
    id: string;
    entityRefs: string[];
    title: string;
    state: 'open' | 'resolved';
    at: number;
  }[];
  occurrences: number;
  incidentCount: number;
  days: number;
  firstAt: number;
  lastAt: number;
};

/**
 * Hash of what makes a new version when it changes: not counts and dates, and not lines of a log, which are never twice
 * the same.
 */
export function substanceOf(body: PlaybookBody): string {
  const { title, category, subCategory, steps, description } = body;
  return stableId(
    JSON.stringify([
      ...[title, category, subCategory, description, steps],
      body.causes.map(cause => cause.title),
      (body.unusual ?? []).map(figure => figure.title),
      body.remedies.map(({ action }) => action),
      body.fixes.map(({ text }) => text),
      body.struck.map(({ entityRef }) => entityRef).sort(),
    ]),
  );
}

/** In words, what became another than before. */
export function reasonOf(before: PlaybookBody, after: PlaybookBody): string {
  const changed = (name: string, of: (body: PlaybookBody) => unknown) =>
    JSON.stringify(of(before)) === JSON.stringify(of(after)) ? [] : name;
  const names = [
    changed('symptom', ({ title }) => title),
    changed('kind of failure', ({ category, subCategory }) => [
      category,
      subCategory,
    ]),
    changed('steps', ({ steps, description }) => [steps, description]),
    changed('causes', ({ causes }) => causes.map(cause => cause.title)),
    changed('unusual figures', ({ unusual = [] }) =>
      unusual.map(({ title }) => title),
    ),
    changed('remedies', ({ remedies }) => remedies.map(one => one.action)),
    changed('fixes', ({ fixes }) => fixes.map(({ text }) => text)),
    changed('services struck', ({ struck }) =>
      struck.map(({ entityRef }) => entityRef).sort(),
    ),
  ].flat();
  return `Changed: ${names.join(', ')}`;
}
