/**
 * Version of the detectors and of how they are used. What was remembered under another one is forgotten, and the series
 * are judged anew from their beginning.
 */
export const DETECTION_VERSION = 2;
