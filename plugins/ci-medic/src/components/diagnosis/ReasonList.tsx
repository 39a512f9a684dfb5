import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Link, Text } from '@backstage/ui';
import { Diagnosis, DiagnosisReason } from '@ci-medic/plugin-ci-medic-common';
import { useLocation, useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { useCategoryName } from './useCategoryName';

const MOST_LINES = 5;

/**
 * What weighed in a diagnosis, the strongest first, each with the lines that it rests on.
 */
export function ReasonList({ diagnosis }: { diagnosis: Diagnosis }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const nameOf = useCategoryName();
  return (
    <ol aria-label={t('diagnosis.reasons')} style={{ margin: 0 }}>
      {diagnosis.reasons.map((reason, index) => (
        <li key={index}>
          <Text as="p">
            <strong>{t(`diagnosis.source.${reason.source}`)}</strong>
            {': '}
            <LogText text={reason.text} />{' '}
            <Text color="secondary" variant="body-small">
              {t(
                reason.weight < 0
                  ? 'diagnosis.speaksAgainst'
                  : 'diagnosis.speaksFor',
                { category: nameOf(reason.category) },
              )}
            </Text>
            <ReasonLines reason={reason} jobId={diagnosis.jobId} />
          </Text>
        </li>
      ))}
    </ol>
  );
}

function ReasonLines(props: { reason: DiagnosisReason; jobId?: string }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const base = useResolvedPath('.').pathname;
  const { search } = useLocation();
  const { reason, jobId } = props;
  const log = `${base}/logs/${encodeURIComponent(jobId ?? '')}${search}`;
  return (
    <>
      {jobId &&
        reason.lines?.slice(0, MOST_LINES).map(([from, to]) => (
          <span key={from}>
            {' · '}
            <Link href={`${log}#L${from}`}>
              {from === to
                ? t('diagnosis.line', { from: String(from) })
                : t('diagnosis.lines', {
                    from: String(from),
                    to: String(to),
                  })}
            </Link>
          </span>
        ))}
    </>
  );
}
