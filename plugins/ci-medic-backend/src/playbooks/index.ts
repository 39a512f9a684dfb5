export * from './PlaybookConfig';
export * from './PlaybookDocsReader';
export * from './PlaybookHandler';
export * from './PlaybookNotesStore';
export * from './PlaybookReader';
