import {
  UrlReaders,
  urlReaderFactoriesServiceRef,
} from '@backstage/backend-defaults/urlReader';
import {
  coreServices,
  createServiceFactory,
  UrlReaderService,
  UrlReaderServiceReadTreeOptions,
} from '@backstage/backend-plugin-api';
import { InputError, NotModifiedError } from '@backstage/errors';
import { Readable } from 'stream';
import { PlaybookDocsClient } from './PlaybookDocsClient';

type Factory = Parameters<typeof UrlReaders.create>[0]['factories'];

/**
 * Lets TechDocs read pages of playbooks from CI Medic as it reads those of repositories.
 */
export const playbookUrlReader = createServiceFactory({
  service: urlReaderFactoriesServiceRef,
  deps: { auth: coreServices.auth, discovery: coreServices.discovery },
  async factory({ auth, discovery }) {
    const client = new PlaybookDocsClient({ auth, discovery });
    const base = new URL(await client.addressOf('group:default/any'));
    const folder = base.pathname.replace(/group\/default\/any$/, '');
    const readerFactory: NonNullable<Factory>[number] = ({
      treeResponseFactory,
    }) => [
      {
        predicate: url =>
          url.host === base.host && url.pathname.startsWith(folder),
        reader: readerOf(async (url, options) => {
          const { etag, files } = await client.read(url);
          if (options?.etag === etag) {
            throw new NotModifiedError();
          }
          const response = await treeResponseFactory.fromReadableArray(
            files.map(({ path, content }) => ({
              path,
              data: Readable.from(Buffer.from(content)),
            })),
          );
          // It has no etag of its own, and must stay the object that its methods are of.
          return Object.assign(response, { etag });
        }),
      },
    ];
    return readerFactory;
  },
});

function readerOf(
  readTree: (
    url: string,
    options?: UrlReaderServiceReadTreeOptions,
  ) => ReturnType<UrlReaderService['readTree']>,
): UrlReaderService {
  const refuse = async () => {
    throw new InputError('Playbooks can only be read as a whole');
  };
  return { readTree, readUrl: refuse, search: refuse };
}
