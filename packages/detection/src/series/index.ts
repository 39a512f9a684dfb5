export type * from './Finding';
export type * from './Point';
export type { Wording } from './Wording';
