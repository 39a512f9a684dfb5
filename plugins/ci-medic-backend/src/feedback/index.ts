export * from './FeedbackReader';
export * from './FeedbackRequests';
export * from './FeedbackStore';
