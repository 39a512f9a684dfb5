import { findTokens } from './findTokens';

/** The part of a token that the next line may hold. */
const HEAD = /^[A-Za-z0-9_.=~-]{1,2000}/;
const LONGEST = 2_100;
const STARTS =
  /(?:gh[pousr]_|github_pat_|gl[a-z]{2,6}-|npm_|pypi-|xox[abeoprs]|xapp-|AKIA|ASIA|AIza|[rs]k_(?:live|test)_|sk-|hv[sb]\.|eyJ|hf_|do[opr]_v1_|dckr_|SG\.|ops_|sntry|sq0|shp[a-z]{2}_)/;
const MARKER_TAIL =
  /-{1,5}(?:B(?:E(?:G(?:I(?:N[A-Z0-9 ]{0,60}-{0,5})?)?)?)?)?$/;
const MARKER = /^-----BEGIN[A-Z0-9 ]{0,60}PRIVATE KEY(?: BLOCK)?-----$/;
const KEY_LINE =
  /^[\s"'`|>+]*(?:[A-Za-z0-9+/=]{16,}|[A-Z][\w-]{2,30}: .{0,200})?[\s"'`\\nr,;+]*$/;

/** What a line break cut: characters at the end of one line and at the start of the next. */
export type Cut = { tail: number; head: number; isKey: boolean; kind: string };

/** Where the run of token characters at the end of a text begins. */
function tailStart(text: string): number {
  let at = text.length;
  const least = Math.max(0, text.length - LONGEST);
  while (at > least && isTokenCode(text.charCodeAt(at - 1))) {
    at -= 1;
  }
  return at;
}

function isTokenCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x3d ||
    code === 0x5f ||
    code === 0x7e
  );
}

/** Whether a line may end in the middle of a secret. */
export function mayBeCut(text: string): boolean {
  const from = tailStart(text);
  if (text.includes('-----')) {
    const end = text.slice(-100);
    if (
      MARKER_TAIL.test(end) ||
      /-----B(?:E(?:G(?:I(?:N[A-Z0-9 ]{0,60})?)?)?)?$/.test(end)
    ) {
      return true;
    }
  }
  return text.length - from >= 4 && STARTS.test(text.slice(from));
}

/** Finds the secret that the break between two lines has cut. */
export function findCut(text: string, next: string): Cut | undefined {
  const marker = /-{1,5}(?:B[A-Z0-9 ]{0,90}-{0,5})?$/.exec(
    text.slice(-120),
  )?.[0];
  if (marker !== undefined) {
    const rest = /^[A-Z0-9 -]{1,110}/.exec(next)?.[0] ?? '';
    for (let head = 1; head <= rest.length; head += 1) {
      if (MARKER.test(marker + rest.slice(0, head))) {
        return {
          ...{ tail: marker.length, head },
          ...{ isKey: true, kind: 'private-key' },
        };
      }
    }
  }
  const tail = text.slice(tailStart(text));
  const head = HEAD.exec(next)?.[0];
  if (tail === '' || head === undefined) {
    return undefined;
  }
  // A token that is whole at the end of its line needs nothing of the next.
  if (findTokens(tail).some(({ end }) => end === tail.length)) {
    return undefined;
  }
  const span = findTokens(tail + head).find(
    ({ start, end }) => start < tail.length && end > tail.length,
  );
  return span
    ? {
        tail: tail.length - span.start,
        head: span.end - tail.length,
        isKey: false,
        kind: span.kind,
      }
    : undefined;
}

/** Whether a line can be the first of a private key's body. */
export function isKeyBody(text: string): boolean {
  return KEY_LINE.test(text);
}
