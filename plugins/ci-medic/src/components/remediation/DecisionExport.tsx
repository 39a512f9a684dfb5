import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { RemediationDecision } from '@ci-medic/plugin-ci-medic-common';
import { Button, Flex } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { ChangeError } from './ChangeError';
import { exportDecisions } from './exportDecisions';
import { saveFile } from './saveFile';
import { useChange } from './useChange';

/**
 * Saves the decisions that fit as a file that spreadsheets read.
 */
export function DecisionExport(props: {
  query: { result?: RemediationDecision['result']; action?: string };
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const { isPending, error, run } = useChange(() => {});
  return (
    <Flex direction="column" gap="2">
      <Button
        size="small"
        variant="tertiary"
        iconStart={<RiDownloadLine />}
        isPending={isPending}
        onPress={() =>
          run(async () =>
            saveFile(
              'remediation-decisions.csv',
              await exportDecisions(api, props.query),
            ),
          )
        }
      >
        {t('control.decisions.export')}
      </Button>
      <ChangeError error={error} />
    </Flex>
  );
}
