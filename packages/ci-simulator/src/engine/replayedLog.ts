import { flow } from '../recordings/openFile';
import { TimeShift } from '../recordings/TimeShift';
import { Content } from '../world/model';

/** A log as it would be some milliseconds later. */
export function replayedLog(log: Content, milliseconds: number): Content {
  const shift = TimeShift.between(0, milliseconds);
  return { open: async () => flow(await log.open(), shift.ofLines()) };
}
