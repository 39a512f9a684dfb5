import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { FailureCategory } from '@ci-medic/plugin-ci-medic-common';
import { ciMedicTranslationRef } from '../../translation';

/** What people read for a category, and for one of its kinds. */
export function useCategoryName(): (
  category: FailureCategory,
  subCategory?: string,
) => string {
  const { t } = useTranslationRef(ciMedicTranslationRef);
  return (category, subCategory) => {
    const name = t(`diagnosis.category.${category}`);
    const kind = subCategory?.split('.').at(-1)?.replaceAll('_', ' ');
    return kind ? `${name}: ${kind}` : name;
  };
}
