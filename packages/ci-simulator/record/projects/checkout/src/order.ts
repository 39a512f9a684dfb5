import { z } from 'zod';
import { Cart } from './cart';
import { applyDiscount, type Discount } from './discount';
import { type Money } from './money';

export const orderRequestSchema = z.object({
  customerId: z.string().min(1),
  lines: z
    .array(
      z.object({
        sku: z.string(),
        quantity: z.number().int().positive(),
        cents: z.number().int(),
      }),
    )
    .min(1),
  discountCode: z.string().optional(),
});

export type OrderRequest = z.infer<typeof orderRequestSchema>;

export interface Order {
  readonly customerId: string;
  readonly total: Money;
}

export function placeOrder(
  input: unknown,
  discounts: readonly Discount[],
): Order {
  const request = orderRequestSchema.parse(input);
  const cart = new Cart();
  for (const line of request.lines) {
    cart.put({
      sku: line.sku,
      quantity: line.quantity,
      unitPrice: { cents: line.cents, currency: 'EUR' },
    });
  }
  const discount = discounts.find(
    candidate => candidate.code === request.discountCode,
  );
  const subtotal = cart.subtotal();
  return {
    customerId: request.customerId,
    total: discount ? applyDiscount(subtotal, discount) : subtotal,
  };
}
