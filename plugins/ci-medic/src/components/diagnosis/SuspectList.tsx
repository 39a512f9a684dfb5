import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Text } from '@backstage/ui';
import { Suspect } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { OutsideLink } from '../links';
import { LogText } from '../log';
import { EmptyState } from '../states';
import { RelativeTime, useLanguage } from '../time';

/**
 * Changes that may be the cause, the likeliest first, each with its reasons. None is an answer too.
 */
export function SuspectList({ suspects }: { suspects: Suspect[] }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return suspects.length === 0 ? (
    <EmptyState title={t('diagnosis.cause.noSuspects')} />
  ) : (
    <ol aria-label={t('diagnosis.cause.title')} style={{ margin: 0 }}>
      {suspects.map(suspect => (
        <SuspectItem key={suspect.id} suspect={suspect} />
      ))}
    </ol>
  );
}

function SuspectItem({ suspect }: { suspect: Suspect }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const { author, at, commitSha, entityRef, reasons, verdict } = suspect;
  return (
    <li>
      <Text as="p" style={{ overflowWrap: 'anywhere' }}>
        <strong>{formatPercent(suspect.probability, language)}</strong>{' '}
        {t(`diagnosis.cause.kind.${suspect.kind}`)}{' '}
        <OutsideLink url={suspect.url}>
          <LogText text={suspect.title} />
        </OutsideLink>
        {commitSha && (
          <>
            {' '}
            <code>{commitSha.slice(0, 8)}</code>
          </>
        )}
        {entityRef && (
          <>
            {' '}
            <EntityRefLink entityRef={entityRef} />
          </>
        )}
        {author && (
          <>
            {' '}
            {t('diagnosis.cause.by', {
              author: <LogText key="author" text={author} />,
            })}
          </>
        )}
        {at && (
          <>
            {' '}
            <RelativeTime at={at} />
          </>
        )}
        {verdict && ` (${t(`diagnosis.cause.${verdict}`)})`}
      </Text>
      <ul>
        {reasons.map((reason, index) => (
          <li key={index}>
            <Text variant="body-small">
              <LogText text={reason} />
            </Text>
          </li>
        ))}
      </ul>
    </li>
  );
}
