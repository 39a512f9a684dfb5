import {
  FailureCategory,
  ModeRule,
  RemediationMode,
  StoredModeRule,
} from '@ci-medic/plugin-ci-medic-common';
import { CiMedicDatabase, readTime } from '../../database';

/** From the most careful on. */
const order: RemediationMode[] = ['off', 'shadow', 'suggest', 'automatic'];

export const defaultMode: RemediationMode = 'suggest';

/** The more careful one. */
export function leastOf(...modes: RemediationMode[]): RemediationMode {
  return order[Math.min(...modes.map(mode => order.indexOf(mode)))];
}

/**
 * How far CI Medic goes by itself, by category, action and tier. What operators set on the page comes before the
 * configuration; among the rules of either, the one that says the most decides.
 */
export class Modes {
  readonly #database: CiMedicDatabase;
  readonly #configured: ModeRule[];

  constructor(options: { database: CiMedicDatabase; rules: ModeRule[] }) {
    this.#database = options.database;
    this.#configured = options.rules;
  }

  async list(): Promise<StoredModeRule[]> {
    const rows: any[] = await this.#database
      .knex('remediation_modes')
      .orderBy(['category', 'action', 'tier']);
    return [
      ...rows.map(row => ({
        category: (row.category || undefined) as FailureCategory | undefined,
        action: row.action || undefined,
        tier: row.tier || undefined,
        mode: row.mode as RemediationMode,
        source: 'operator' as const,
        setBy: row.set_by,
        setAt: readTime(row.set_at)!,
      })),
      ...this.#configured.map(rule => ({
        ...rule,
        source: 'configuration' as const,
      })),
    ];
  }

  /** The mode and why. */
  async of(subject: {
    category: FailureCategory;
    action: string;
    tier?: string;
  }): Promise<{ mode: RemediationMode; reason: string }> {
    const rules = (await this.list()).filter(
      rule =>
        (!rule.category || rule.category === subject.category) &&
        (!rule.action || rule.action === subject.action) &&
        (!rule.tier || rule.tier === subject.tier),
    );
    for (const source of ['operator', 'configuration'] as const) {
      const [rule] = rules
        .filter(one => one.source === source)
        .sort((left, right) => detailOf(right) - detailOf(left));
      if (rule) {
        return { mode: rule.mode, reason: describe(rule) };
      }
    }
    return {
      mode: defaultMode,
      reason: `The mode is ${defaultMode}, because nothing else is set`,
    };
  }

  /** Sets a mode, or with `undefined` goes back to the configuration. */
  async set(
    rule: Omit<ModeRule, 'mode'> & { mode?: RemediationMode },
    actor: string,
  ): Promise<void> {
    const key = {
      category: rule.category ?? '',
      action: rule.action ?? '',
      tier: rule.tier ?? '',
    };
    await this.#database.transaction(async knex => {
      await knex('remediation_modes').where(key).delete();
      if (rule.mode) {
        await knex('remediation_modes').insert({
          ...{ ...key, mode: rule.mode, set_by: actor },
          set_at: await this.#database.now(knex),
        });
      }
    });
  }
}

function detailOf({ category, action, tier }: ModeRule): number {
  // An action says more than a category, and that more than a tier.
  return (action ? 4 : 0) + (category ? 2 : 0) + (tier ? 1 : 0);
}

function describe(rule: StoredModeRule): string {
  const of = [
    rule.category && `the category ${rule.category}`,
    rule.action && `the action ${rule.action}`,
    rule.tier && `tier ${rule.tier}`,
  ].filter(Boolean);
  const who =
    rule.source === 'operator' ? `set by ${rule.setBy}` : 'configured';
  return `The mode is ${rule.mode}, ${who} for ${
    of.join(', ') || 'everything'
  }`;
}
