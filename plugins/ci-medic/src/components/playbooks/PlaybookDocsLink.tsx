import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_OWNED_BY,
} from '@backstage/catalog-model';
import { catalogApiRef, useEntity } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import { playbookDocsOf } from '@ci-medic/plugin-ci-medic-common';
import { useEffect, useState } from 'react';
import { ciMedicTranslationRef } from '../../translation';

/**
 * Leads to a playbook's page in TechDocs, where the portal has one: the owners' playbooks are a documentation entity.
 */
export function PlaybookDocsLink({ playbookId }: { playbookId: string }) {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  const { entity } = useEntity();
  const catalog = useApi(catalogApiRef);
  const [path, setPath] = useState<string>();
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  useEffect(() => {
    let isGone = false;
    const look = async () => {
      if (!owner) {
        return;
      }
      const docs = {
        kind: 'Component',
        ...playbookDocsOf(parseEntityRef(owner)),
      };
      const found = await catalog.getEntityByRef(docs).catch(() => undefined);
      if (!isGone && found) {
        const { namespace, name } = getCompoundEntityRef(found);
        const parts = [namespace, 'component', name, playbookId];
        setPath(`/docs/${parts.map(encodeURIComponent).join('/')}/`);
      }
    };
    look();
    return () => {
      isGone = true;
    };
  }, [catalog, owner, playbookId]);
  return path ? <Link href={path}>{t('playbooks.docs')}</Link> : null;
}
