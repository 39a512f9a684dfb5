import { MarkdownContent } from '@backstage/core-components';
import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex, Text, TextAreaField } from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { Section } from '../layout';
import { ErrorState } from '../states';
import { RelativeTime } from '../time';
import styles from './Playbook.module.css';

/**
 * What people wrote, and the way to write it. Pictures are not loaded: an address in them would tell who reads.
 */
export function PlaybookNotesSection(props: {
  playbook: Playbook;
  onSaved(): void;
}) {
  const { playbook, onSaved } = props;
  const { notes } = playbook;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [draft, setDraft] = useState<{ text: string; version: number }>();
  const [error, setError] = useState<Error>();
  const [isSaving, setIsSaving] = useState(false);
  const save = async ({ text, version }: { text: string; version: number }) => {
    setIsSaving(true);
    setError(undefined);
    try {
      const playbookId = playbook.id;
      await api.savePlaybookNotes({ playbookId, version, text });
      setDraft(undefined);
      onSaved();
    } catch (failure) {
      setError(toError(failure));
    } finally {
      setIsSaving(false);
    }
  };
  return (
    <Section
      title={t('playbooks.notes')}
      actions={
        !draft && (
          <Button
            size="small"
            variant="secondary"
            onPress={() =>
              setDraft({
                text: notes?.text ?? '',
                version: notes?.version ?? 0,
              })
            }
          >
            {t('playbooks.edit')}
          </Button>
        )
      }
    >
      {error && <ErrorState error={error} />}
      {draft ? (
        <>
          <TextAreaField
            label={t('playbooks.editLabel')}
            description={t('playbooks.editHint')}
            rows={8}
            maxLength={20_000}
            value={draft.text}
            onChange={text => setDraft({ ...draft, text })}
          />
          <Flex gap="2">
            <Button
              size="small"
              isDisabled={isSaving}
              onPress={() => save(draft)}
            >
              {t('playbooks.save')}
            </Button>
            <Button
              size="small"
              variant="secondary"
              onPress={() => {
                setDraft(undefined);
                setError(undefined);
              }}
            >
              {t('playbooks.cancel')}
            </Button>
          </Flex>
        </>
      ) : (
        <>
          {notes?.text.trim() ? (
            <div className={styles.notes}>
              <MarkdownContent
                content={notes.text}
                dialect="gfm"
                transformImageUri={() => ''}
              />
            </div>
          ) : (
            <Text as="p" color="secondary">
              {t('playbooks.notesNone')}
            </Text>
          )}
          {notes && (
            <Text as="p" variant="body-x-small" color="secondary">
              {t('playbooks.notesBy', {
                who: notes.actor,
                time: <RelativeTime key="time" at={notes.at} />,
              })}
            </Text>
          )}
        </>
      )}
    </Section>
  );
}
