import { toError } from '@backstage/errors';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { OfferedPlan } from '@ci-medic/plugin-ci-medic-common';
import {
  Alert,
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  DialogTrigger,
  Flex,
} from '@backstage/ui';
import { useState } from 'react';
import { ciMedicApiRef } from '../../api';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { causeOf } from '../states';
import { PlanWordList } from './PlanWordList';

/**
 * Agrees to a plan, after its words were read once more, or rejects it.
 */
export function PlanButtons(props: { plan: OfferedPlan; onChange(): void }) {
  const { plan, onChange } = props;
  const { id: planId, hash, actionTitle: title, refusal } = plan;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const api = useApi(ciMedicApiRef);
  const [isOpen, setIsOpen] = useState(false);
  const [pending, setPending] = useState<'approve' | 'reject'>();
  const [error, setError] = useState<Error>();

  const say = async (verb: 'approve' | 'reject') => {
    setPending(verb);
    setError(undefined);
    try {
      await (verb === 'approve'
        ? api.approvePlan({ planId, hash })
        : api.rejectPlan({ planId, hash }));
      setIsOpen(false);
    } catch (e) {
      setError(causeOf(toError(e)));
    } finally {
      setPending(undefined);
      onChange();
    }
  };
  const problem = error && (
    <div role="alert">
      <Alert
        status="warning"
        icon
        title={t('plans.failed')}
        description={<LogText text={error.message} />}
      />
    </div>
  );
  return (
    <Flex direction="column" gap="2">
      <Flex gap="2">
        <DialogTrigger isOpen={isOpen} onOpenChange={setIsOpen}>
          <Button
            size="small"
            variant="primary"
            isDisabled={refusal !== undefined}
            aria-label={t('plans.approveLabel', { title })}
          >
            {t('plans.approve')}
          </Button>
          <Dialog width={640}>
            <DialogHeader>{t('plans.confirm')}</DialogHeader>
            <DialogBody>
              <Flex direction="column" gap="3">
                <PlanWordList words={plan.words} />
                {problem}
              </Flex>
            </DialogBody>
            <DialogFooter>
              <Button
                variant="primary"
                isPending={pending === 'approve'}
                onPress={() => say('approve')}
              >
                {title}
              </Button>
              <Button variant="secondary" slot="close">
                {t('plans.close')}
              </Button>
            </DialogFooter>
          </Dialog>
        </DialogTrigger>
        <Button
          size="small"
          variant="secondary"
          isDisabled={refusal !== undefined}
          isPending={pending === 'reject'}
          aria-label={t('plans.rejectLabel', { title })}
          onPress={() => say('reject')}
        >
          {t('plans.reject')}
        </Button>
      </Flex>
      {!isOpen && problem}
    </Flex>
  );
}
