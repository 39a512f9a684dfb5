/** Hours of working days, then of weekends. */
export const habitSlots = 48;

export type Measure =
  | 'value'
  | 'level'
  | 'deviation'
  | 'unrest'
  | 'longUnrest'
  | 'rarity';

/** A measure of a series whose range is watched. */
export interface Watched {
  name: Measure;
  index: number;
  /** Weight of the newest event. */
  weight: number;
  /** How far outside of its range it has to be, as a share of the range's width. */
  margin: number;
  upOnly: boolean;
  /** It tells of one event, where the others tell of the last ten or hundred. */
  isSingle: boolean;
}

/**
 * The value itself and the level of about ten events; the distance from what is expected, over about three; the size of
 * such distances over about 30 and 100; how seldom values of this size come at this hour, over about ten.
 */
export const watched: Watched[] = [
  { name: 'value', weight: 1, margin: 0.15, upOnly: false },
  { name: 'level', weight: 0.1, margin: 0.04, upOnly: false },
  { name: 'deviation', weight: 0.3, margin: 0.25, upOnly: false },
  { name: 'unrest', weight: 0.03, margin: 0.01, upOnly: false },
  { name: 'longUnrest', weight: 0.01, margin: 0.02, upOnly: false },
  { name: 'rarity', weight: 0.1, margin: 0.07, upOnly: true },
].map((measure, index) => ({
  ...(measure as Watched),
  index,
  isSingle: measure.name === 'value' || measure.name === 'deviation',
}));
