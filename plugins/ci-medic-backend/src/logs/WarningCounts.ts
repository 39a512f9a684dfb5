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
  readonly #lines = new Map<string, number>();

  add(lines: LogLine[]): void {
    for (const { level, text } of lines) {
      if (level !== 'warning' && level !== 'error') {
        continue;
      }
      const template = maskTemplate(text).slice(0, TEMPLATE_LENGTH);
      const known = this.#lines.get(template);
      if (known !== undefined || this.#lines.size < MOST_COUNTED) {
        this.#lines.set(template, (known ?? 0) + 1);
      }
    }
  }

  /** As rows of `job_templates`. */
  rows(jobId: string): object[] {
    return [...this.#lines]
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
