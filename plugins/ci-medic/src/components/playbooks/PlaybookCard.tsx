import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Card, CardBody, CardHeader, Flex, Link, Text } from '@backstage/ui';
import { useResolvedPath } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { PlaybookBasis } from './PlaybookBasis';

/**
 * A playbook in a list: what it is about, how often it was needed, and what to do first.
 */
export function PlaybookCard(props: { playbook: Playbook }) {
  const { playbook } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const base = useResolvedPath('.').pathname.replace(/\/$/, '');
  const [firstStep] = playbook.steps;
  return (
    <Card>
      <CardHeader>
        <Text as="h3" variant="body-large" weight="bold">
          <Link
            href={`${base}/${encodeURIComponent(playbook.id)}`}
            style={{ overflowWrap: 'anywhere' }}
          >
            <LogText text={playbook.title} />
          </Link>
        </Text>
      </CardHeader>
      <CardBody>
        <Flex direction="column" gap="2">
          <PlaybookBasis playbook={playbook} />
          {firstStep && (
            <Text as="p">
              {t('playbooks.steps')}: {firstStep}
            </Text>
          )}
        </Flex>
      </CardBody>
    </Card>
  );
}
