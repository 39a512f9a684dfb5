import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link } from '@backstage/ui';
import { entityCiHealthRouteRef } from '../../routes';
import { ciMedicTranslationRef } from '../../translation';
import { useTabPath } from '../links';
import { webAddress } from '../log';

/**
 * Names one attempt of a run and leads to it: in the CI health tab, or in the CI system where the portal does not show
 * that tab and the address is known.
 */
export function RunLink(props: {
  runId: string;
  attempt?: number;
  runNumber?: number;
  /** Page of the run, or of one of its jobs, in the CI system. */
  url?: string;
}) {
  const { runId, attempt, runNumber } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const healthPath = useTabPath(entityCiHealthRouteRef);
  const url = webAddress(props.url);
  const name =
    runNumber === undefined
      ? t('incidents.occurrence.run')
      : t('incidents.occurrence.runNumber', { number: String(runNumber) });
  if (healthPath) {
    const query = attempt === undefined ? '' : `?attempt=${attempt}`;
    return (
      <Link href={`${healthPath}/runs/${encodeURIComponent(runId)}${query}`}>
        {name}
      </Link>
    );
  }
  return url ? (
    <Link href={url} target="_blank" rel="noopener noreferrer">
      {name}
    </Link>
  ) : (
    <>{name}</>
  );
}
