import { findCommit } from '../../world/history';
import { Repository } from '../../world/model';
import { ApiProblem } from '../ApiProblem';
import { ApiRoute, found, repositoryOf } from '../ApiRoute';
import { readDependencies } from './readDependencies';

/** Which dependencies differ between two commits. */
export const dependencyRoutes: ApiRoute[] = [
  {
    method: 'get',
    template: '/repos/{owner}/{repo}/dependency-graph/compare/{basehead}',
    answer: (request, context) => {
      const repository = repositoryOf(request, context);
      const [base, head] = request.parameters.basehead.split('...');
      if (!repository.textOf || !head) {
        throw new ApiProblem(404, 'Not Found');
      }
      const before = dependenciesOf(repository, base);
      const after = dependenciesOf(repository, head);
      const gone = [...before].filter(([key]) => !after.has(key));
      const fresh = [...after].filter(([key]) => !before.has(key));
      const shape =
        (change_type: string) =>
        ([, each]: (typeof gone)[number]) => ({
          change_type,
          manifest: each.manifest,
          ecosystem: each.ecosystem,
          name: each.name,
          version: each.version,
          package_url: `pkg:${each.ecosystem}/${encodeURIComponent(
            each.name,
          )}@${each.version}`,
          license: 'MIT',
          source_repository_url: null,
          scope: 'runtime',
          vulnerabilities: [],
        });
      return {
        body: [...gone.map(shape('removed')), ...fresh.map(shape('added'))],
      };
    },
  },
];

function dependenciesOf(repository: Repository, ref: string) {
  const { sha } = found(findCommit(repository, ref));
  const all = (repository.pathsOf?.(sha) ?? []).flatMap(path =>
    readDependencies(path, repository.textOf?.(sha, path) ?? ''),
  );
  return new Map(
    all.map(each => [`${each.manifest} ${each.name} ${each.version}`, each]),
  );
}
