import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * What a minute of a runner costs, from `ciMedic.runnerPrices`.
 */
export class RunnerPrices {
  /**
   * @throws InputError when a price is negative.
   */
  static fromConfig(root: Config): RunnerPrices {
    const rules = (
      root.getOptionalConfigArray('ciMedic.runnerPrices') ?? []
    ).map(rule => ({
      label: rule.getString('label').toLocaleLowerCase('en-US'),
      perMinute: rule.getNumber('perMinute'),
    }));
    if (rules.some(({ perMinute }) => !(perMinute >= 0))) {
      throw new InputError(
        'ciMedic.runnerPrices: perMinute must not be negative',
      );
    }
    return new RunnerPrices(rules);
  }

  readonly #rules: { label: string; perMinute: number }[];

  private constructor(rules: { label: string; perMinute: number }[]) {
    this.#rules = rules;
  }

  /** Labels that have a price, with `*` for all others. */
  get labels(): string[] {
    return this.#rules.map(({ label }) => label);
  }

  /** The price of the first rule whose label the runner has; `undefined` when there is none. */
  perMinute(labels: string[]): number | undefined {
    return this.#ruleOf(labels)?.perMinute;
  }

  /** Label of the rule that a runner is priced by; `undefined` when there is none. */
  labelOf(labels: string[]): string | undefined {
    return this.#ruleOf(labels)?.label;
  }

  #ruleOf(labels: string[]) {
    const own = labels.map(label => label.toLocaleLowerCase('en-US'));
    return this.#rules.find(
      ({ label }) => label === '*' || own.includes(label),
    );
  }
}
