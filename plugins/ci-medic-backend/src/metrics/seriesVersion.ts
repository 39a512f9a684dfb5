/**
 * Version of what is measured and how. When it grows, all series are built anew from the runs that are stored.
 */
export const SERIES_VERSION = 2;
