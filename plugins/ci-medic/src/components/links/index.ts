export * from './OutsideLink';
export * from './useTabPath';
