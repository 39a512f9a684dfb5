import { applyDiscount } from '../src/discount';
import { money } from '../src/money';

const spring = { code: 'SPRING', percent: 10, minimumCents: 2000 };

describe('applyDiscount', () => {
  it('takes the percentage off', () => {
    expect(applyDiscount(money(5000), spring)).toEqual(money(4500));
  });

  it('applies from exactly the minimum on', () => {
    expect(applyDiscount(money(2000), spring)).toEqual(money(1800));
  });

  it('leaves smaller amounts alone', () => {
    expect(applyDiscount(money(1999), spring)).toEqual(money(1999));
  });
});
