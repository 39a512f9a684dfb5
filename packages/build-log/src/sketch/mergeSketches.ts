import { LogSketch } from '../types';
import { TEMPLATE_VERSION } from '../templates/LineScanner';
import { hashesOf, LogSketcher } from './LogSketcher';

/**
 * Makes one sketch of several. Those of another version are left out.
 *
 * @public
 */
export function mergeSketches(sketches: LogSketch[]): LogSketch {
  const comparable = sketches.filter(
    ({ version }) => version === TEMPLATE_VERSION,
  );
  const limit = comparable.reduce(
    (least, sketch) => Math.min(least, sketch.limit),
    2 ** 32,
  );
  const sketcher = new LogSketcher();
  let runs = 0;
  for (const sketch of comparable) {
    runs += sketch.runs;
    hashesOf(sketch)
      .filter(hash => hash < limit)
      .forEach(hash => sketcher.add(hash));
  }
  const merged = sketcher.finish(runs);
  return { ...merged, limit: Math.min(limit, merged.limit) };
}
