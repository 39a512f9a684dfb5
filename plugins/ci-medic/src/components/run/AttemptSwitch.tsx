import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ButtonLink, Flex } from '@backstage/ui';
import { useLocation } from 'react-router-dom';
import { ciMedicTranslationRef } from '../../translation';

/**
 * The way between the attempts of a run; each has its own address.
 */
export function AttemptSwitch(props: { attempts: number[]; current: number }) {
  const { attempts, current } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { pathname, search } = useLocation();
  if (attempts.length < 2) {
    return null;
  }
  return (
    <nav aria-label={t('run.attempts')}>
      <Flex gap="2" style={{ flexWrap: 'wrap' }}>
        {attempts.map(attempt => {
          const query = new URLSearchParams(search);
          query.set('attempt', String(attempt));
          const isCurrent = attempt === current;
          return (
            <ButtonLink
              key={attempt}
              size="small"
              variant={isCurrent ? 'primary' : 'secondary'}
              aria-current={isCurrent ? 'page' : undefined}
              href={`${pathname}?${query}`}
            >
              {t('run.attempt', { attempt: String(attempt) })}
            </ButtonLink>
          );
        })}
      </Flex>
    </nav>
  );
}
