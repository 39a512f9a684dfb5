import { HttpAuthService } from '@backstage/backend-plugin-api';
import { AlertPresses, AlertReader } from '../alerting';
import { HealthReader } from '../health';
import { IncidentReader } from '../incidents';
import {
  Backfills,
  CatalogSync,
  Inbox,
  ProviderRegistry,
  Replicas,
  RunReader,
  TestCaseReader,
} from '../ingest';
import { InsightsReader } from '../insights';
import {
  PlaybookDocsReader,
  PlaybookNotesStore,
  PlaybookReader,
} from '../playbooks';
import { ExplanationReader, LogReader } from '../logs';
import { CiMedicDatabase } from '../database';
import {
  Decisions,
  PlanApprovals,
  PlanReader,
  RemediationControl,
  RemediationOverviews,
  RemediationReader,
  RemediationRequests,
} from '../remediation';
import { DeadLetters } from '../work';
import { CauseApi } from '../CauseParts';
import { SeriesApi } from '../SeriesParts';
import { EntityAccess } from './EntityAccess';
import { EntityOwnership } from './EntityOwnership';
import { RemediationAccess } from './RemediationAccess';
import { InsightsScope } from './InsightsScope';

/** What the routes read from. */
export type ApiContext = CauseApi &
  SeriesApi & {
    httpAuth: HttpAuthService;
    access: EntityAccess;
    database: CiMedicDatabase;
    providers: ProviderRegistry;
    catalogSync: CatalogSync;
    backfills: Backfills;
    backfillDays: number;
    inbox: Inbox;
    replicas: Replicas;
    deadLetters: DeadLetters;
    runs: RunReader;
    testCases: TestCaseReader;
    logs: LogReader;
    explanations: ExplanationReader;
    incidents: IncidentReader;
    alerts: AlertReader;
    alertPresses: AlertPresses;
    ownership: EntityOwnership;
    remediations: RemediationReader;
    remediationRequests: RemediationRequests;
    approvals: PlanApprovals;
    control: RemediationControl;
    decisions: Decisions;
    overviews: RemediationOverviews;
    plans: PlanReader;
    remediationAccess: RemediationAccess;
    health: HealthReader;
    playbooks: PlaybookReader;
    playbookNotes: PlaybookNotesStore;
    playbookDocs: PlaybookDocsReader;
    insights: InsightsReader;
    insightsScope: InsightsScope;
  };
