import { SubCategory } from './SubCategory';
import { CATEGORY_TITLES, KNOWN_CATEGORIES, SUB_CATEGORIES } from './taxonomy';

const percent = (share: number) => `${Math.round(share * 100)} %`;

function sectionOf(kind: SubCategory): string[] {
  const { key, title, description, example, advice } = kind;
  return [
    `### ${title}`,
    '',
    `\`${key}\`. ${description}`,
    '',
    '```text',
    example,
    '```',
    '',
    `Before anything else is known, a rerun of the same commit passes with ${percent(
      kind.transient,
    )}. What suits it: ${kind.remedies.join(', ')}.`,
    '',
    ...advice.map((step, index) => `${index + 1}. ${step}`),
    '',
  ];
}

/** The kinds of failures as a page of the documentation, in Markdown. */
export function renderTaxonomy(): string {
  return [
    '# Kinds of failures',
    '',
    `${SUB_CATEGORIES.length} kinds in ${KNOWN_CATEGORIES.length} categories. _Unknown_ is a real answer besides: it is given whenever the confidence is under the calibrated threshold, with what would settle it.`,
    '',
    ...KNOWN_CATEGORIES.flatMap(category => [
      `## ${CATEGORY_TITLES[category]}`,
      '',
      ...SUB_CATEGORIES.filter(kind => kind.category === category).flatMap(
        sectionOf,
      ),
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
