import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RunSummary } from '@ci-medic/plugin-ci-medic-common';
import { Flex, VisuallyHidden } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { ExecutionLabel } from '../status';

/** A run that was tried more often shows its latest attempts. */
const SHOWN_ATTEMPTS = 4;

/**
 * How often a run was tried, and how each attempt ended.
 */
export function AttemptTrail(props: { attempts: RunSummary['attempts'] }) {
  const { attempts } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const count = Math.max(1, ...attempts.map(({ attempt }) => attempt));
  if (attempts.length < 2) {
    return <>{count}</>;
  }
  return (
    <Flex gap="1" align="center">
      {count}
      {attempts.length > SHOWN_ATTEMPTS && <span aria-hidden>…</span>}
      {attempts.slice(-SHOWN_ATTEMPTS).map(one => (
        <span key={one.attempt}>
          <VisuallyHidden>
            {t('health.attempt', { attempt: String(one.attempt) })}{' '}
          </VisuallyHidden>
          <ExecutionLabel
            status={one.status}
            conclusion={one.conclusion}
            iconOnly
          />
        </span>
      ))}
    </Flex>
  );
}
