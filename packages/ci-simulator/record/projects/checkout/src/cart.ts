import { add, money, multiply, type Money } from './money';

export interface CartLine {
  readonly sku: string;
  readonly quantity: number;
  readonly unitPrice: Money;
}

export class Cart {
  readonly #lines = new Map<string, CartLine>();

  put(line: CartLine): void {
    if (line.quantity <= 0) {
      throw new RangeError(`Quantity of ${line.sku} must be positive`);
    }
    const present = this.#lines.get(line.sku);
    this.#lines.set(line.sku, {
      ...line,
      quantity: line.quantity + (present?.quantity ?? 0),
    });
  }

  remove(sku: string): boolean {
    return this.#lines.delete(sku);
  }

  lines(): CartLine[] {
    return [...this.#lines.values()];
  }

  subtotal(): Money {
    return this.lines().reduce(
      (sum, line) => add(sum, multiply(line.unitPrice, line.quantity)),
      money(0),
    );
  }
}
