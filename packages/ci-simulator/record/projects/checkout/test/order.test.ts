import { placeOrder } from '../src/order';

const request = {
  customerId: 'c-17',
  lines: [{ sku: 'TEA-1', quantity: 4, cents: 1250 }],
};

describe('placeOrder', () => {
  it('charges the subtotal without a discount', () => {
    expect(placeOrder(request, []).total.cents).toBe(5000);
  });

  it('charges less with a known discount', () => {
    const discounts = [{ code: 'SPRING', percent: 10, minimumCents: 2000 }];
    expect(
      placeOrder({ ...request, discountCode: 'SPRING' }, discounts).total.cents,
    ).toBe(4500);
  });

  it('ignores unknown discounts', () => {
    expect(
      placeOrder({ ...request, discountCode: 'NOPE' }, []).total.cents,
    ).toBe(5000);
  });

  it('rejects an empty order', () => {
    expect(() => placeOrder({ ...request, lines: [] }, [])).toThrow();
  });
});
