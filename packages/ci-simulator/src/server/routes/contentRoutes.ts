import { Repository } from '../../world/model';
import { findCommit } from '../../world/history';
import { objectName } from '../../organisation/gitObjects';
import {
  ApiAnswer,
  ApiRequest,
  ApiRoute,
  found,
  repositoryOf,
  ServerContext,
} from '../ApiRoute';

/** Files of a commit. */
export const contentRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/contents/{path}',
    answer: contents,
  },
];

function contents(request: ApiRequest, context: ServerContext): ApiAnswer {
  const repository = repositoryOf(request, context);
  const ref = request.query.ref ?? repository.defaultBranch;
  const { sha } = found(findCommit(repository, ref));
  const path = request.parameters.path.replace(/^\/+|\/+$/g, '');
  const text = repository.textOf?.(sha, path);
  if (text !== undefined) {
    return { body: fileShape({ repository, context, path, text, ref }) };
  }
  const start = path === '' ? '' : `${path}/`;
  const below = found(repository.pathsOf)(sha).filter(each =>
    each.startsWith(start),
  );
  found(below[0]);
  const names = [
    ...new Set(below.map(each => each.slice(start.length).split('/')[0])),
  ];
  return {
    body: names.sort().map(name => {
      const full = `${start}${name}`;
      const inside = repository.textOf?.(sha, full);
      const isFile = inside !== undefined;
      const { content, encoding, ...rest } = fileShape({
        ...{ repository, context, path: full, text: inside ?? '', ref },
      });
      return { ...rest, type: isFile ? 'file' : 'dir' };
    }),
  };
}

function fileShape(options: {
  repository: Repository;
  context: ServerContext;
  path: string;
  text: string;
  ref: string;
}) {
  const { repository, context, path, text, ref } = options;
  const { links } = context;
  const bytes = Buffer.from(text);
  const sha = objectName('blob', bytes);
  const api = links.repository(repository);
  const url = `${api}/contents/${path}?ref=${encodeURIComponent(ref)}`;
  const page = `${links.repositoryPage(repository)}/blob/${ref}/${path}`;
  const git = `${api}/git/blobs/${sha}`;
  return {
    type: 'file',
    encoding: 'base64',
    size: bytes.length,
    name: path.split('/').at(-1)!,
    path,
    content: bytes.toString('base64').replace(/.{60}/g, '$&\n'),
    sha,
    url,
    git_url: git,
    html_url: page,
    download_url: `${links.repositoryPage(repository)}/raw/${ref}/${path}`,
    _links: { git, self: url, html: page },
  };
}
