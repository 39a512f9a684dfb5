import { readFileSync, writeFileSync } from 'fs';
import { resolve } from 'path';
import { renderTaxonomy } from './renderTaxonomy';

const page = resolve(
  ...[__dirname, '../../../../docs/reference/failure-categories.md'],
);

/** Formatting is Prettier's. */
const words = (markdown: string) => markdown.replace(/\s+/g, ' ').trim();

describe('docs/reference/failure-categories.md', () => {
  it('says what the taxonomy says; UPDATE_DOCS=1 writes it anew', () => {
    if (process.env.UPDATE_DOCS) {
      writeFileSync(page, renderTaxonomy());
    }
    expect(words(readFileSync(page, 'utf8'))).toBe(words(renderTaxonomy()));
  });
});
