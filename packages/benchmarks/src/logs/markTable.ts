import { Mark } from './Mark';

const HEADS = ['mark', 'measured', '95 %', 'cases', 'to reach', ''];

/** The marks as a table for people; what was skipped says why. */
export function markTable(marks: Mark[]): string {
  const rows = marks.map(mark => [
    mark.name,
    shown(mark.value, mark.unit),
    mark.interval ? mark.interval.map(one => shown(one)).join(' – ') : '',
    shown(mark.cases),
    `${mark.atMost ? '≤' : '≥'} ${shown(mark.target, mark.unit)}`,
    outcomeOf(mark),
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...rows.map(row => row[column].length)),
  );
  return [HEADS, widths.map(width => '-'.repeat(width)), ...rows]
    .map(row =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function shown(value: number | undefined, unit?: string): string {
  if (value === undefined) {
    return '';
  }
  return unit ? `${value} ${unit}` : String(value);
}

function outcomeOf({ skipped, reached }: Mark): string {
  if (skipped !== undefined) {
    return `skipped: ${skipped}`;
  }
  return reached ? 'reached' : 'not reached';
}
