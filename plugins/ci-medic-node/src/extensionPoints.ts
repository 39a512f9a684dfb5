import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { AlertChannel } from './AlertChannel';
import { CiProvider } from './CiProvider';
import { MovedTime } from './MovedTime';
import { Treatment, TreatmentContext } from './Treatment';
import { SeriesSource } from './SeriesSource';
import { SuspectSource } from './SuspectSource';

/**
 * Where modules bring in CI systems.
 *
 * @public
 */
export interface CiMedicProvidersExtensionPoint {
  /** Each provider id can be brought in once. */
  addProvider(provider: CiProvider): void;
}

/** @public */
export const ciMedicProvidersExtensionPoint =
  createExtensionPoint<CiMedicProvidersExtensionPoint>({
    id: 'ci-medic.providers',
  });

/**
 * Where modules bring in ways to tell people of incidents.
 *
 * @public
 */
export interface CiMedicAlertChannelsExtensionPoint {
  /** Each channel id can be brought in once. */
  addChannel(channel: AlertChannel): void;
}

/** @public */
export const ciMedicAlertChannelsExtensionPoint =
  createExtensionPoint<CiMedicAlertChannelsExtensionPoint>({
    id: 'ci-medic.alert-channels',
  });

/**
 * Where modules bring in sources of suspects.
 *
 * @public
 */
export interface CiMedicSuspectSourcesExtensionPoint {
  /** Each source id can be brought in once. */
  addSource(source: SuspectSource): void;
}

/** @public */
export const ciMedicSuspectSourcesExtensionPoint =
  createExtensionPoint<CiMedicSuspectSourcesExtensionPoint>({
    id: 'ci-medic.suspect-sources',
  });

/**
 * Where modules bring in treatments.
 *
 * @public
 */
export interface CiMedicTreatmentsExtensionPoint {
  /** Each action can be brought in once. */
  addTreatment(create: (context: TreatmentContext) => Treatment): void;
}

/** @public */
export const ciMedicTreatmentsExtensionPoint =
  createExtensionPoint<CiMedicTreatmentsExtensionPoint>({
    id: 'ci-medic.treatments',
  });

/**
 * Where modules bring in systems that have figures of entities.
 *
 * @public
 */
export interface CiMedicSeriesSourcesExtensionPoint {
  /** Each source id can be brought in once. */
  addSource(source: SeriesSource): void;
}

/** @public */
export const ciMedicSeriesSourcesExtensionPoint =
  createExtensionPoint<CiMedicSeriesSourcesExtensionPoint>({
    id: 'ci-medic.series-sources',
  });

/**
 * Where a simulation brings in its time.
 *
 * @public
 */
export interface CiMedicTimeExtensionPoint {
  /** Can be called once. */
  setTime(time: MovedTime): void;
}

/** @public */
export const ciMedicTimeExtensionPoint =
  createExtensionPoint<CiMedicTimeExtensionPoint>({
    id: 'ci-medic.time',
  });
