import { LogLine, maskTemplate } from '@ci-medic/build-log';
import { stableId, writeText } from '../database';

/** So many templates of a job are counted; those that come later are not. */
const MOST_COUNTED = 500;
/** So many are kept: those that most lines are of. */
const MOST_KEPT = 20;
const TEMPLATE_LENGTH = 300;

/**
 * Counts the lines of a log that say that they are warnings or errors, by what they have in common.
 */
export class WarningCounts {
  /** By the id of their template: only the first of each is masked. */
  readonly #counts = new Map<string, { template: string; lines: number }>();

  add(lines: LogLine[]): void {
    for (const { level, text, templateId } of lines) {
      if (level !== 'warning' && level !== 'error') {
        continue;
      }
      const known = this.#counts.get(templateId);
      if (known) {
        known.lines++;
      } else if (this.#counts.size < MOST_COUNTED) {
        const template = maskTemplate(text).slice(0, TEMPLATE_LENGTH);
        this.#counts.set(templateId, { template, lines: 1 });
      }
    }
  }

  /** As rows of `job_templates`. */
  rows(jobId: string): object[] {
    // Lines of several templates may read the same once they are masked.
    const sums = new Map<string, number>();
    for (const { template, lines } of this.#counts.values()) {
      sums.set(template, (sums.get(template) ?? 0) + lines);
    }
    return [...sums]
      .filter(([template]) => /\p{L}{3}/u.test(template))
      .sort(
        ([one, ones], [other, others]) =>
          others - ones || Number(one > other) - Number(one < other),
      )
      .slice(0, MOST_KEPT)
      .map(([template, lines]) => ({
        job_id: jobId,
        template_id: stableId(template),
        template: writeText(template, TEMPLATE_LENGTH),
        lines,
      }));
  }
}
