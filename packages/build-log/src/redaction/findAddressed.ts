import { isReal, looksLikeSecret } from './looksLikeSecret';
import { isPublished } from './publishedKeys';
import { Span } from './Span';

type AddressedRule = {
  kind: string;
  /** Text of which one must be in the line; spares it most patterns. */
  hints: readonly string[];
  /** The value is the group `value`. */
  pattern: RegExp;
  accept(value: string): boolean;
};

const isCredential = (value: string) => value.length >= 3 && isReal(value);
/** People choose passwords; but a plain word is a placeholder, a group, or the name of a variable. */
const isChosen = (value: string) =>
  value.length >= 6 &&
  isReal(value) &&
  /[A-Za-z]/.test(value) &&
  (/\d/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value)));
const isToken = (value: string) => value.length >= 8 && isReal(value);

/** Secrets known by where they stand: in addresses, headers and arguments of clients. */
const rules: readonly AddressedRule[] = [
  {
    kind: 'url-password',
    hints: ['@'],
    pattern:
      /[a-zA-Z0-9+.-]:\/\/[^\s/:@"'<>]{0,100}:(?<value>[^\s/@"'<>]{3,255})@/g,
    accept: isCredential,
  },
  {
    kind: 'url-password',
    hints: ['@'],
    // A token in the place of a user.
    pattern: /[a-zA-Z0-9+.-]:\/\/(?<value>[A-Za-z0-9_-]{20,255})@/g,
    accept: value => looksLikeSecret(value),
  },
  {
    kind: 'authorization',
    hints: ['uth', 'UTH', 'pi', 'PI', 'oken'],
    pattern:
      /(?<![\w-])(?:authorization|x-api-key|api-?key|private-token|x-auth-token|job-token)(?:["'`]|\\")?\s{0,3}[:=]\s{0,3}(?:["'`]|\\")?(?:(?:bearer|basic|(?:api-)?token|apikey|digest)\s{1,3})?(?<value>[\w+/.=~@-]{8,4000})/gi,
    accept: value =>
      isToken(value) && !isPublished(value) && /[\d=]/.test(value),
  },
  {
    kind: 'authorization',
    hints: ['earer', 'EARER'],
    pattern: /\b(?:bearer|Bearer|BEARER)\s{1,3}(?<value>[\w+/.=~-]{16,4000})/g,
    accept: value => looksLikeSecret(value),
  },
  {
    kind: 'password',
    hints: ['-u'],
    pattern:
      /(?:^|\s)(?:-u|--user|--proxy-user)(?:=|\s{0,4})"[^\s":$<>{}[\]]{0,100}:(?<value>[^\s":${<[][^\s"]{2,254})"/g,
    accept: isChosen,
  },
  {
    kind: 'password',
    hints: ['-u'],
    pattern:
      /(?:^|\s)(?:-u|--user|--proxy-user)(?:=|\s{0,4})'[^\s':$<>{}[\]]{0,100}:(?<value>[^\s':${<[][^\s']{2,254})'/g,
    accept: isChosen,
  },
  {
    kind: 'password',
    hints: ['-u'],
    pattern:
      /(?:^|\s)(?:-u|--user|--proxy-user)(?:=|\s{0,4})[\w.@$-]{1,100}:["']?(?<value>[^\s"':,${}()<>[][^\s"',{}()<>]{2,254})(?=["'\s]|$)/g,
    accept: isChosen,
  },
  {
    kind: 'password',
    hints: ['-u'],
    // A key in the place of the user, and no password.
    pattern:
      /(?:^|\s)(?:-u|--user|--proxy-user)(?:=|\s{0,4})"(?<value>[^\s":$<>{}[\]]{6,255}):"/g,
    accept: isChosen,
  },
  {
    kind: 'password',
    hints: ['assword" ', 'ASSWORD" '],
    // An entry of a configuration in XML.
    pattern:
      /\bkey="[\w.-]{0,60}password"\s{1,4}value="(?<value>[^\s"%][^\s"]{7,255})"/gi,
    accept: value => !/(.)\1{5}|^\$/.test(value) && !isPublished(value),
  },
  {
    kind: 'jwt',
    hints: ['.ey'],
    pattern:
      /\b(?<value>ey[\w-]{15,4000}\.ey[\w/\\-]{15,8000}\.?[\w/\\-]{0,4000})/g,
    accept: isReal,
  },
  {
    kind: 'jwt',
    hints: ['ZXlK'],
    pattern: /\b(?<value>ZXlK[A-Za-z0-9+/]{60,8000}={0,2})/g,
    accept: isReal,
  },
  {
    kind: 'azure-secret',
    hints: ['Q~'],
    pattern:
      /(?:^|[\\'"`\s>=:(,)])(?<value>[\w~.]{3}\dQ~[\w~.-]{31,34})(?=$|[\\'"`\s<),&;])/g,
    accept: isReal,
  },
  {
    kind: 'facebook-token',
    hints: ['|', '%7'],
    pattern: /\b(?<value>\d{15,16}(?:\||%7[cC])[\w-]{27,40})(?![\w-])/g,
    accept: isReal,
  },
  {
    kind: 'connection-string',
    hints: ['Key=', 'Signature=', 'sig='],
    pattern:
      /\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|sig)=(?<value>[\w+/%=-]{20,500})/g,
    accept: isToken,
  },
  {
    kind: 'session',
    hints: ['ession', 'ESSION'],
    pattern:
      /\b(?:_\w{1,20}_session|sessionid|JSESSIONID)=(?<value>[\w%-]{20,500})/g,
    accept: isToken,
  },
];

/** Finds secrets in addresses, headers and arguments. */
export function findAddressed(text: string): Span[] {
  const spans: Span[] = [];
  for (const { kind, hints, pattern, accept } of rules) {
    if (!hints.some(hint => text.includes(hint))) {
      continue;
    }
    for (const match of text.matchAll(pattern)) {
      const value = match.groups!.value;
      if (accept(value)) {
        const start = match.index + match[0].lastIndexOf(value);
        spans.push({ start, end: start + value.length, kind });
      }
    }
  }
  return spans;
}
