import { KNOWN_CATEGORIES, SUB_CATEGORIES } from './taxonomy';

describe('taxonomy', () => {
  it('tells enough kinds apart, each with text that helps', () => {
    expect(SUB_CATEGORIES.length).toBeGreaterThanOrEqual(25);
    expect(new Set(SUB_CATEGORIES.map(({ key }) => key)).size).toBe(
      SUB_CATEGORIES.length,
    );
    for (const category of KNOWN_CATEGORIES) {
      expect(
        SUB_CATEGORIES.filter(one => one.category === category).length,
      ).toBeGreaterThan(2);
    }
    for (const one of SUB_CATEGORIES) {
      expect(one.key).toMatch(/^[a-z_]+\.[a-z_]+$/);
      expect(one.description.length).toBeGreaterThan(20);
      expect(one.example).not.toBe('');
      expect(one.advice.length).toBeGreaterThan(0);
      expect(one.remedies).toContain('advise');
      expect(one.transient).toBeGreaterThan(0);
      expect(one.transient).toBeLessThan(1);
    }
  });
});
