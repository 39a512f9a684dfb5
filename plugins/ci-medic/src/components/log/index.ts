export * from './ExplainingLines';
export * from './LogText';
export * from './LogViewer';
export * from './webAddress';
