/**
 * Writes one JSON object for each finished test, so that they can be counted.
 * Groups of tests are not tests.
 */
export default async function* report(events) {
  for await (const { type, data } of events) {
    const isResult = type === 'test:pass' || type === 'test:fail';
    if (isResult && data.details?.type !== 'suite') {
      const { name, file, skip, todo } = data;
      const status =
        skip !== undefined || todo !== undefined
          ? 'skipped'
          : type.slice('test:'.length);
      yield `${JSON.stringify({ name, file, status, reason: skip || todo })}\n`;
    }
  }
}
