import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { AbsoluteTime, RelativeTime } from '../time';

/**
 * What kind of failure it is, how often it came, and since when.
 */
export function PlaybookBasis(props: { playbook: Playbook }) {
  const { playbook } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const category = t(`insights.category.${playbook.category}`);
  return (
    <Text as="p" variant="body-small" color="secondary">
      {playbook.kind ? `${category}: ${playbook.kind}` : category}
      {' · '}
      {t('playbooks.needed', { count: playbook.occurrences })}{' '}
      {t('playbooks.basis', {
        count: playbook.incidentCount,
        days: String(playbook.days),
        first: <AbsoluteTime key="first" at={playbook.firstAt} dateOnly />,
        last: <RelativeTime key="last" at={playbook.lastAt} />,
      })}
    </Text>
  );
}
