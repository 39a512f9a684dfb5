import { parseEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Playbook } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';
import { formatPercent } from '../health/formatPercent';
import { EntityLinks, IncidentLink } from '../insights/EntityLinks';
import { Section } from '../layout';
import { LogText } from '../log';
import { RelativeTime, useLanguage } from '../time';
import { ApplyRemedy } from './ApplyRemedy';
import styles from './Playbook.module.css';

/**
 * What records say of a failure that recurs. Sections without anything in them are left out.
 */
export function PlaybookSections(props: { playbook: Playbook }) {
  const { playbook } = props;
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const language = useLanguage();
  const percent = (share: number) => formatPercent(share, language);
  const {
    evidence,
    steps,
    remedies,
    fixes,
    causes,
    unusual,
    struck,
    others,
    incidents,
  } = playbook;
  return (
    <>
      {evidence.length > 0 && (
        <Section title={t('playbooks.symptom')}>
          <pre className={styles.evidence}>
            {evidence.map((line, index) => (
              <div key={index}>
                <LogText text={line} />
              </div>
            ))}
          </pre>
        </Section>
      )}
      {steps.length > 0 && (
        <Section title={t('playbooks.steps')}>
          <ol className={styles.list}>
            {steps.map(step => (
              <li key={step}>{step}</li>
            ))}
          </ol>
        </Section>
      )}
      {remedies.length + fixes.length > 0 && (
        <Section title={t('playbooks.remedies')}>
          <ul className={styles.list}>
            {remedies.map(({ action, success }) => (
              <li key={action}>
                <code>{action}</code>{' '}
                {t('playbooks.worked', {
                  succeeded: String(Math.round(success.value * success.n)),
                  n: String(success.n),
                  value: percent(success.value),
                  low: percent(success.low),
                  high: percent(success.high),
                })}{' '}
                <ApplyRemedy
                  action={action}
                  incidentId={
                    incidents.find(({ state }) => state === 'open')?.id
                  }
                />
              </li>
            ))}
            {fixes.map(({ text, at }) => (
              <li key={`${at} ${text}`}>
                {t('playbooks.fixedBy', {
                  text: <LogText key="text" text={text} />,
                })}
                {', '}
                <RelativeTime at={at} />
              </li>
            ))}
          </ul>
        </Section>
      )}
      {causes.length > 0 && (
        <Section title={t('playbooks.causes')}>
          <ul className={styles.list}>
            {causes.map(({ title, count }) => (
              <li key={title}>
                <LogText text={title} /> ({t('playbooks.times', { count })})
              </li>
            ))}
          </ul>
        </Section>
      )}
      {unusual.length > 0 && (
        <Section title={t('playbooks.unusual')}>
          <ul className={styles.list}>
            {unusual.map(({ title, count }) => (
              <li key={title}>
                <LogText text={title} /> ({t('playbooks.unusualIn', { count })})
              </li>
            ))}
          </ul>
        </Section>
      )}
      {struck.length + others > 0 && (
        <Section title={t('playbooks.struck')}>
          <ul className={styles.list}>
            {struck.map(({ entityRef, owner, occurrences, lastAt }) => (
              <li key={entityRef}>
                <EntityLinks entityRefs={[entityRef]} />
                {owner &&
                  `, ${t('playbooks.ownedBy', {
                    owner: parseEntityRef(owner).name,
                  })}`}
                {': '}
                {t('playbooks.struckBy', {
                  times: String(occurrences),
                  last: <RelativeTime key="last" at={lastAt} />,
                })}
              </li>
            ))}
            {others > 0 && <li>{t('playbooks.others', { count: others })}</li>}
          </ul>
        </Section>
      )}
      {incidents.length > 0 && (
        <Section title={t('playbooks.incidents')}>
          <ul className={styles.list}>
            {incidents.map(({ id, entityRef, title, state, at }) => (
              <li key={id}>
                <IncidentLink entityRef={entityRef} incidentId={id}>
                  <LogText text={title} />
                </IncidentLink>
                {`, ${state}, `}
                <RelativeTime at={at} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}
