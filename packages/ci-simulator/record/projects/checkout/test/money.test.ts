import { add, format, money, multiply } from '../src/money';

describe('money', () => {
  it('adds amounts of the same currency', () => {
    expect(add(money(150), money(250))).toEqual(money(400));
  });

  it('refuses to add different currencies', () => {
    expect(() => add(money(1), money(1, 'USD'))).toThrow(
      'Cannot add USD to EUR',
    );
  });

  it('refuses fractions of a cent', () => {
    expect(() => money(0.5)).toThrow(RangeError);
  });

  it('rounds products to whole cents', () => {
    expect(multiply(money(333), 0.5).cents).toBe(167);
  });

  it('formats with two digits', () => {
    expect(format(money(1205))).toBe('12.05 EUR');
  });
});
