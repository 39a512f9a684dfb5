import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Alert, Button } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log/LogText';
import { causeOf } from './causeOf';

/**
 * Says what went wrong and, where trying again can help, offers it.
 */
export function ErrorState(props: {
  error: Error;
  /** Heading for a malformed question, where the asker knows better what is malformed. */
  refusedTitle?: string;
  onRetry?(): void;
}) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { name, message } = causeOf(props.error);
  const details = <LogText text={message} />;
  const retry = props.onRetry && (
    <Button size="small" variant="secondary" onPress={props.onRetry}>
      {t('states.retry')}
    </Button>
  );
  const alert = (() => {
    switch (name) {
      case 'NotAllowedError':
        return {
          status: 'warning',
          title: t('states.forbidden'),
          description: t('states.forbiddenReason'),
        } as const;
      case 'AuthenticationError':
        return {
          status: 'warning',
          title: t('states.signedOut'),
          description: t('states.signedOutReason'),
          customActions: retry,
        } as const;
      case 'NotFoundError':
        return {
          status: 'warning',
          title: t('states.notFound'),
          description: details,
          customActions: retry,
        } as const;
      case 'InputError':
        return {
          status: 'warning',
          title: props.refusedTitle ?? t('states.refused'),
          description: details,
          customActions: retry,
        } as const;
      case 'ServiceUnavailableError':
        return {
          status: 'danger',
          title: t('states.unavailable'),
          description: details,
          customActions: retry,
        } as const;
      default:
        return {
          status: 'danger',
          title: t('states.failed'),
          description: details,
          customActions: retry,
        } as const;
    }
  })();
  return (
    <div role="alert">
      <Alert icon {...alert} />
    </div>
  );
}
