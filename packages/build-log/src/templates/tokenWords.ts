const TOKEN_FIRST = 0x811c9dc5;

/** The hash that the scanner computes of a token. */
export function tokenHash(token: string): number {
  let hash = TOKEN_FIRST;
  for (let index = 0; index < token.length; index += 1) {
    hash = Math.imul(hash ^ token.charCodeAt(index), 2654435761);
  }
  return hash;
}

/** A set of tokens that mostly answers by one look at a small table. */
function tokenSet(tokens: string): (hash: number) => boolean {
  const hashes = new Set(tokens.split(' ').map(tokenHash));
  const table = new Uint8Array(4096);
  hashes.forEach(hash => {
    table[hash >>> 20] = 1;
  });
  return hash => table[hash >>> 20] === 1 && hashes.has(hash);
}

/** Names of days, months and time zones, which change as numbers do. */
export const isCalendarWord = tokenSet(
  'Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec UTC GMT PDT PST MDT MST CDT CST EDT EST CET CEST',
);

/** Units that change with the size of the number before them. */
export const isUnit = tokenSet(
  'B KB kB MB GB TB KiB MiB GiB TiB bytes byte ns us ms s sec secs second seconds m min mins minute minutes h hour hours',
);

/** Last labels of host names. */
export const isTopLevelDomain = tokenSet(
  'com net org edu gov io dev cn de ru uk jp fr br in it nl tw kr au local internal localdomain',
);

const USER = tokenHash('user');
const FOR = tokenHash('for');
const PASSWORD = tokenHash('password');
const EQUALS = 0x3d;

/** What the scanner hashes of the separators before a token, for one of them. */
export function separatorHash(code: number): number {
  return Math.imul(code, 2654435761) + 1;
}
const ASSIGNED = separatorHash(EQUALS);

/** Whether what stands before a token announces somebody's name. */
export function nameAfter(
  before: number,
  beforeThat: number,
  separators: number,
): boolean {
  return (
    (before === USER && (separators === 0 || separators === ASSIGNED)) ||
    (before === FOR && beforeThat === PASSWORD && separators === 0)
  );
}
