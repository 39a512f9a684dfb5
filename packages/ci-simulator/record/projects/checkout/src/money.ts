/** An amount in the smallest unit of its currency, so that sums stay exact. */
export interface Money {
  readonly cents: number;
  readonly currency: string;
}

export function money(cents: number, currency = 'EUR'): Money {
  if (!Number.isInteger(cents)) {
    throw new RangeError(
      `Amount must be a whole number of cents, got ${cents}`,
    );
  }
  return { cents, currency };
}

export function add(left: Money, right: Money): Money {
  if (left.currency !== right.currency) {
    throw new Error(`Cannot add ${right.currency} to ${left.currency}`);
  }
  return money(left.cents + right.cents, left.currency);
}

export function multiply(amount: Money, factor: number): Money {
  return money(Math.round(amount.cents * factor), amount.currency);
}

export function format(amount: Money): string {
  return `${(amount.cents / 100).toFixed(2)} ${amount.currency}`;
}
