import { ApiRequest, ServerContext } from './ApiRoute';

/** GitHub's limit for filtered lists of runs. */
export const MOST_RESULTS = 1000;

/** A part of a list, and the header that leads to the others. */
export type Page<T> = {
  items: T[];
  isFirst: boolean;
  headers: Record<string, string>;
};

/**
 * Cuts out the page that was asked for with `per_page` (30, at most 100) and
 * `page`.
 *
 * @param options - `most`: how much of the list can be reached at all
 */
export function pageOf<T>(
  all: T[],
  request: ApiRequest,
  context: ServerContext,
  options: { most?: number; standard?: number } = {},
): Page<T> {
  const { most = Infinity, standard = 30 } = options;
  const size = Math.min(100, numberOf(request.query.per_page) ?? standard);
  const page = numberOf(request.query.page) ?? 1;
  const reachable = all.slice(0, most);
  const last = Math.max(1, Math.ceil(reachable.length / size));
  const address = (target: number) => {
    const url = new URL(context.links.api(request.pathAndQuery));
    url.searchParams.set('page', String(target));
    return url.toString();
  };
  const relations: Array<[string, number, boolean]> = [
    ['prev', page - 1, page > 1],
    ['next', page + 1, page < last],
    ['last', last, page < last],
    ['first', 1, page > 1],
  ];
  const link = relations
    .filter(([, , applies]) => applies)
    .map(([relation, target]) => `<${address(target)}>; rel="${relation}"`)
    .join(', ');
  return {
    items: reachable.slice((page - 1) * size, page * size),
    isFirst: page === 1,
    headers: link ? { Link: link } : {},
  };
}

function numberOf(text: string | undefined): number | undefined {
  return text && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
