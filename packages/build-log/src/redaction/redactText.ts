import { Redactor } from './Redactor';

/**
 * Takes secrets out of one piece of text and names their kind in their place.
 *
 * @public
 */
export function redactText(text: string): string {
  return Redactor.create().redact(text);
}
