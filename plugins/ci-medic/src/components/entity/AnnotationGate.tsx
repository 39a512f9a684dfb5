import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ANNOTATION_GITHUB_PROJECT_SLUG } from '@ci-medic/plugin-ci-medic-common';
import { ReactNode } from 'react';
import { ciMedicTranslationRef } from '../../translation';
import { LogText } from '../log';
import { StopBanner } from '../remediation';
import { EmptyState } from '../states';

const SLUG = /^[\w.-]{1,100}\/[\w.-]{1,100}$/;

/**
 * Shows what stands in it if the entity says where it is built, and otherwise what to do about that.
 */
export function AnnotationGate(props: { children: ReactNode }) {
  const { entity } = useEntity();
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const annotation = ANNOTATION_GITHUB_PROJECT_SLUG;
  const value = entity.metadata.annotations?.[annotation];
  if (!value) {
    return (
      <EmptyState
        title={t('entity.missing')}
        description={t('entity.missingReason', { annotation })}
      />
    );
  }
  if (!SLUG.test(value)) {
    return (
      <EmptyState
        title={t('entity.malformed', { annotation })}
        description={t('entity.malformedReason', {
          value: <LogText key="value" text={value} />,
        })}
      />
    );
  }
  return (
    <>
      <StopBanner entityRef={stringifyEntityRef(entity)} />
      {props.children}
    </>
  );
}
