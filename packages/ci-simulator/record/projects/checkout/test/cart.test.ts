import { Cart } from '../src/cart';
import { money } from '../src/money';

const tea = { sku: 'TEA-1', quantity: 2, unitPrice: money(450) };

describe('Cart', () => {
  it('adds up its lines', () => {
    const cart = new Cart();
    cart.put(tea);
    cart.put({ sku: 'CUP-3', quantity: 1, unitPrice: money(899) });
    expect(cart.subtotal()).toEqual(money(1799));
  });

  it('merges lines of the same article', () => {
    const cart = new Cart();
    cart.put(tea);
    cart.put({ ...tea, quantity: 3 });
    expect(cart.lines()).toHaveLength(1);
    expect(cart.lines()[0]?.quantity).toBe(5);
  });

  it('forgets removed articles', () => {
    const cart = new Cart();
    cart.put(tea);
    expect(cart.remove('TEA-1')).toBe(true);
    expect(cart.subtotal().cents).toBe(0);
  });

  it('refuses quantities that are not positive', () => {
    expect(() => new Cart().put({ ...tea, quantity: 0 })).toThrow(
      'must be positive',
    );
  });
});
