import { multiply, type Money } from './money';

export interface Discount {
  readonly code: string;
  /** From 0 to 100. */
  readonly percent: number;
  readonly minimumCents: number;
}

/** The amount after the discount; unchanged where the minimum is not reached. */
export function applyDiscount(subtotal: Money, discount: Discount): Money {
  if (subtotal.cents < discount.minimumCents) {
    return subtotal;
  }
  return multiply(subtotal, (100 - discount.percent) / 100);
}
