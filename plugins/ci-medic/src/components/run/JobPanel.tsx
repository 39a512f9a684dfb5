import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Job } from '@ci-medic/plugin-ci-medic-common';
import {
  Accordion,
  AccordionPanel,
  AccordionTrigger,
  Flex,
  Text,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { ExecutionLabel } from '../status';
import { DurationText } from '../time';
import { JobFacts } from './JobFacts';
import { JobLog } from './JobLog';
import { StepTable } from './StepTable';
import { TestCounts } from './TestCounts';

/**
 * One job, folded to a line: its runner, what its log says about a failure, and its steps.
 */
export function JobPanel(props: { job: Job; isOpenAtFirst: boolean }) {
  const { job, isOpenAtFirst } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const [isOpen, setIsOpen] = useState(isOpenAtFirst);
  return (
    <Accordion isExpanded={isOpen} onExpandedChange={setIsOpen}>
      <AccordionTrigger level={4}>
        <Flex gap="3" align="center" style={{ flexWrap: 'wrap', minWidth: 0 }}>
          <ExecutionLabel status={job.status} conclusion={job.conclusion} />
          <Text weight="bold" style={{ overflowWrap: 'anywhere' }}>
            <LogText text={job.name} />
          </Text>
          {job.durationMs !== undefined && (
            <Text variant="body-small" color="secondary">
              <DurationText milliseconds={job.durationMs} />
            </Text>
          )}
          <TestCounts tests={job.tests} />
        </Flex>
      </AccordionTrigger>
      <AccordionPanel>
        {/* A closed job loads nothing. */}
        {isOpen && (
          <Flex direction="column" gap="4" pt="2" style={{ minWidth: 0 }}>
            <JobFacts job={job} />
            <JobLog job={job} />
            {job.steps.length > 0 ? (
              <StepTable job={job} />
            ) : (
              <Text as="p" color="secondary">
                {t('run.noSteps')}
              </Text>
            )}
          </Flex>
        )}
      </AccordionPanel>
    </Accordion>
  );
}
