/** The table by suite and the one line over all of them. */
export function formatSummary(results) {
  const rows = results.map(({ name, passed, failed, skipped, seconds }) => [
    name,
    String(passed),
    String(failed.length),
    String(skipped.length),
    seconds.toFixed(0),
  ]);
  const table = [['suite', 'passed', 'failed', 'skipped', 'seconds'], ...rows];
  const widths = table[0].map((_, column) =>
    Math.max(...table.map(row => row[column].length)),
  );
  const lines = table.map(row =>
    row
      .map((cell, column) =>
        column === 0
          ? cell.padEnd(widths[column])
          : cell.padStart(widths[column]),
      )
      .join('  '),
  );
  const sum = count => results.reduce((total, one) => total + count(one), 0);
  const passed = sum(one => one.passed);
  const failed = sum(one => one.failed.length);
  const skipped = sum(one => one.skipped.length);
  return [
    ...listSkipped(results),
    ...listFailed(results),
    ...lines,
    '',
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}

function listSkipped(results) {
  const lines = results.flatMap(({ name, skipped }) =>
    skipped.map(test => `  ${name}: ${test.name} (${test.reason})`),
  );
  return lines.length ? ['Skipped:', ...lines, ''] : [];
}

function listFailed(results) {
  const lines = results
    .filter(({ failed }) => failed.length)
    .flatMap(({ name, failed, logFile }) => [
      ...failed.slice(0, 20).map(test => `  ${name}: ${test.slice(0, 300)}`),
      ...(failed.length > 20
        ? [`  ${name}: and ${failed.length - 20} more`]
        : []),
      `    log: ${logFile}`,
    ]);
  return lines.length ? ['Failed:', ...lines, ''] : [];
}
