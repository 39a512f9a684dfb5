export * from './PlanApprovals';
export * from './PlanDecisions';
export * from './PlanHandler';
export * from './PlanMaker';
export * from './PlanReader';
export * from './PlanStore';
export * from './PlanSweep';
export * from './StoredPlan';
