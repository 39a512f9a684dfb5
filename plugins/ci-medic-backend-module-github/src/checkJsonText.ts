import { InputError } from '@backstage/errors';

/** GitHub's deliveries have about ten levels. */
const MOST_LEVELS = 100;

/**
 * Looks over JSON before it is parsed: nothing that is nested too deep for what comes later, and no NUL.
 *
 * @throws InputError saying which of them it is.
 */
export function checkJsonText(text: string): void {
  let levels = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '\\') {
      at++;
      if (text.startsWith('u0000', at)) {
        throw new InputError('The body has NUL in it');
      }
    } else if (character === '"') {
      isInString = !isInString;
    } else if (!isInString && (character === '{' || character === '[')) {
      if (++levels > MOST_LEVELS) {
        throw new InputError(
          `The body is nested deeper than ${MOST_LEVELS} levels`,
        );
      }
    } else if (!isInString && (character === '}' || character === ']')) {
      levels--;
    }
  }
}
