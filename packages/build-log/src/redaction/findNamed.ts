import { beginsLikeToken } from './findTokens';
import { isReal, looksLikeSecret } from './looksLikeSecret';
import { isPublished } from './publishedKeys';
import { Span } from './Span';

/** An assignment or an argument, and a value; `value` has no blanks, so that it ends where the line goes on. */
const ASSIGNED =
  /(?:["'`\]]{0,2}[ \t]{0,12}(?::{1,3}=|\?=|=>|\|\||[:=])[ \t]{0,3}(?:\\?["'`=]{1,3})?|["'`],[ \t]{0,3}["'`])(?=(?<value>[^\s"'`,;&<>(){}[\]\\]{4,512}))/g;
const FLAG =
  /(?:^|[\s"'`])-{1,2}(?<name>[A-Za-z][\w-]{0,60})[ =]{1,2}(?:\\?["'])?(?<value>[^\s"'`,;&<>(){}\\]{4,512})/g;
const LONGEST_NAME = 60;

/** Names of passwords: whatever they are given is one. */
const PASSWORD =
  /(?:^|[^A-Za-z]|[a-z](?=[A-Z]))(?:password|passwd|passphrase|pwd|Password|Passwd|Passphrase)\d?$/i;
/** Names of secrets: what they are given must look like one. */
const SECRET =
  /(?:secret|token|api[_. -]?key|apikey|access[_. -]?key|private[_. -]?key|secret[_. -]?key|encryption[_. -]?key|[A-Za-z]{3,}[_-]?key|[a-z]Key|_KEY|credentials?|[_-]auth|login|passphrase)\d?$/i;
/** Names that hold one of those words and no secret. */
const HARMLESS_NAME =
  /(?:public|pub|csrf|primary|foreign|sort|cache|partition|routing|host|schema|sequence|row|bucket|monkey|hot|short|turn|key)[_. -]?(?:key|token)$|token[_ ]?(?:type|count|s)$|(?:unknown|unexpected|invalid|next|page|continuation|syntax|sync) (?:token|key)$|^key$|\b(?:entry|map|object|dict|registry|the|of) key$|(?:_|\b)(?:id|name|size|length|file|path|url|uri|tag|type)$/i;
/** Names that say little: only a value that is surely random counts. */
const VAGUE_NAME = /(?:login|credentials?|auth)$/i;

/** Any of the names below and above: spares most values all other looks. */
const ANY_NAME =
  /pass|pwd|secret|token|key|cred|auth|login|sumo|sourcegraph|snyk|heroku|hubspot|messagebird|sendbird|sonar|okta|mailchimp|meraki|contribsys|jira|atlassian|confluence|facebook|fb/i;

/** Shapes of values that one provider's name goes with. */
const PROVIDERS: readonly [RegExp, RegExp, string][] = [
  [
    /sumo(?:logic)?(?![a-z])[\w. -]{0,20}$/i,
    /^(?:su[A-Za-z0-9]{12}|[A-Za-z0-9]{64})$/,
    'sumologic-key',
  ],
  [/sourcegraph[\w. -]{0,20}$/i, /^[0-9a-fA-F]{40}$/, 'sourcegraph-token'],
  [
    /(?:snyk|heroku|hubspot|messagebird|sendbird)[\w. -]{0,20}$/i,
    /^[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}$/,
    'provider-key',
  ],
  [/sonar[\w. -]{0,20}$/i, /^(?:sq[apu]_)?[A-Za-z0-9]{40}$/, 'sonar-token'],
  [/(?<![a-z])okta[\w. -]{0,20}$/i, /^00[\w-]{40}$/, 'okta-token'],
  [
    /mailchimp\w{0,3}[\w. -]{0,20}$/i,
    /^[0-9a-f]{32}-us\d{1,2}$/,
    'mailchimp-key',
  ],
  [/(?<![a-z])meraki(?![a-z])[\w. -]{0,20}$/i, /^[0-9a-f]{40}$/, 'meraki-key'],
  [/contribsys__com$/i, /^[a-f0-9]{8}:[a-f0-9]{8}$/, 'sidekiq-key'],
  [
    /(?:jira|atlassian|confluence)[\w. -]{0,20}$/i,
    /^[A-Za-z0-9]{24}$/,
    'atlassian-token',
  ],
  [
    /(?<![a-z])(?:facebook|fb)(?![a-z])[\w. -]{0,20}$/i,
    /^[0-9a-f]{32}$/,
    'facebook-key',
  ],
];

/** Names of what is as random as a key and printed for all to see. */
const PUBLIC_NAME = /(?:revision|commit|sha\d*|hash|digest|checksum)$/i;

/** Providers whose keys have that shape and no other. */
const STRICT = /(?<![a-z])meraki(?![a-z])/i;

/** Finds secrets by the names that they are given. */
export function findNamed(text: string): Span[] {
  const spans: Span[] = [];
  if (!ANY_NAME.test(text)) {
    return spans;
  }
  for (const match of text.matchAll(ASSIGNED)) {
    const name = nameBefore(text, match.index);
    const kind = name === '' ? undefined : kindOf(name, match.groups!.value);
    if (kind) {
      const start = match.index + match[0].length;
      spans.push({ start, end: start + match.groups!.value.length, kind });
    }
  }
  for (const match of text.matchAll(FLAG)) {
    const kind = kindOf(match.groups!.name, match.groups!.value);
    if (kind) {
      const end = match.index + match[0].length;
      spans.push({ start: end - match.groups!.value.length, end, kind });
    }
  }
  return spans;
}

/** The name that ends before a position: word characters, dots, dashes and blanks. */
function nameBefore(text: string, end: number): string {
  const least = Math.max(0, end - LONGEST_NAME);
  let at = end;
  while (at > least && isNameCode(text.charCodeAt(at - 1))) {
    at -= 1;
  }
  return text.slice(at, end).trim();
}

function isNameCode(code: number): boolean {
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === 0x20 ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x5f
  );
}

function kindOf(name: string, value: string): string | undefined {
  if (!ANY_NAME.test(name) || PUBLIC_NAME.test(name)) {
    return undefined;
  }
  // What begins as a token and goes on as none is an example of one.
  if (!isReal(value) || beginsLikeToken(value)) {
    return undefined;
  }
  const bare = value.replace(/[.:]+$/, '');
  for (const [known, shape, kind] of PROVIDERS) {
    if (known.test(name) && shape.test(bare)) {
      return kind;
    }
  }
  if (STRICT.test(name)) {
    return undefined;
  }
  if (PASSWORD.test(name)) {
    return isPassword(bare) ? 'password' : undefined;
  }
  if (!SECRET.test(name) || HARMLESS_NAME.test(name)) {
    return undefined;
  }
  const entropy = VAGUE_NAME.test(name) ? 3.4 : 2.8;
  return looksLikeSecret(bare, entropy) && !isPublished(bare)
    ? 'secret'
    : undefined;
}

/** People choose passwords, so they need not look random; but plain words are prose. */
function isPassword(value: string): boolean {
  return (
    value.length >= 6 &&
    !/^[a-z]+[.:!]?$/i.test(value) &&
    !/^[\d.,:]+$/.test(value) &&
    !/[\\/].*[\\/]/.test(value) &&
    !/^[\w$]+(?:\.[\w$]+)+$/.test(value) &&
    !/^[\w$]+(?:->|::)/.test(value) &&
    // The name of a variable that holds it.
    !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(value)
  );
}
