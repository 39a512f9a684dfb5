import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Text,
} from '@backstage/ui';
import { useCallback, useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { useRefreshable } from '../live';
import { LogText } from '../log';
import { ErrorState, LoadingState } from '../states';
import { RelativeTime } from '../time';
import styles from './Playbook.module.css';

/**
 * The versions of a playbook, each with what became another than before.
 */
export function PlaybookVersions(props: { playbook: Playbook }) {
  const { playbook } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [open, setOpen] = useState<number>();
  return (
    <Section title={t('playbooks.versions')}>
      {playbook.versions.map(({ version, at, reason }) => (
        <Accordion
          key={version}
          isExpanded={open === version}
          onExpandedChange={isOpen => setOpen(isOpen ? version : undefined)}
        >
          <AccordionTrigger
            level={4}
            title={`${t('playbooks.version', {
              version: String(version),
            })}: ${reason}`}
          />
          <AccordionPanel>
            <Text as="p" variant="body-x-small" color="secondary">
              <RelativeTime at={at} />
            </Text>
            {open === version && (
              <VersionDifference playbookId={playbook.id} version={version} />
            )}
          </AccordionPanel>
        </Accordion>
      ))}
    </Section>
  );
}

function VersionDifference(props: { playbookId: string; version: number }) {
  const { playbookId, version } = props;
  const api = useApi(ciMedicApiRef);
  const { value, error, refresh } = useRefreshable(
    useCallback(
      signal => api.getPlaybookDifference({ playbookId, version }, { signal }),
      [api, playbookId, version],
    ),
  );
  if (!value) {
    return error ? (
      <ErrorState error={error} onRetry={refresh} />
    ) : (
      <LoadingState />
    );
  }
  return (
    <pre className={styles.evidence}>
      {value.lines.map(({ kind, text }, index) => (
        <div key={index} className={styles.line} data-kind={kind}>
          {{ same: '  ', added: '+ ', removed: '- ' }[kind]}
          <LogText text={text} />
        </div>
      ))}
    </pre>
  );
}
