import { appLanguageApiRef, useApi } from '@backstage/frontend-plugin-api';

/**
 * The language of the portal, so that times speak the language of the texts around them.
 */
export function useLanguage(): string {
  return useApi(appLanguageApiRef).getLanguage().language;
}
