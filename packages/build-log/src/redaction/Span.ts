/** Where a secret stands in a line, and of which kind it is. */
export type Span = { start: number; end: number; kind: string };
