import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TestCase } from '@ci-medic/plugin-ci-medic-common';
import { Text } from '@backstage/ui';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import styles from './TestCaseMessage.module.css';

/** More of a message is in its details. */
const SHOWN_CHARACTERS = 300;

/**
 * What a test case reported, with all that its report says about it on demand.
 */
export function TestCaseMessage(props: { testCase: TestCase }) {
  const { message, details, report } = props.testCase;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const isCut = message !== undefined && message.length > SHOWN_CHARACTERS;
  const whole = [isCut ? message : undefined, details].filter(Boolean);
  return (
    <>
      {message && (
        <LogText
          text={isCut ? `${message.slice(0, SHOWN_CHARACTERS)}…` : message}
        />
      )}
      {whole.length > 0 && (
        <details className={styles.details}>
          <summary className={styles.summary}>{t('run.tests.details')}</summary>
          {whole.map((text, index) => (
            <pre key={index} className={styles.text}>
              <LogText text={text!} />
            </pre>
          ))}
          <Text as="p" variant="body-x-small" color="secondary">
            {t('run.tests.report', { report })}
          </Text>
        </details>
      )}
    </>
  );
}
