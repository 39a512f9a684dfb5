import { redactText } from '@ci-medic/build-log';

const LONGEST = 300;
const MOST = 50;

/**
 * What a policy was asked, without secrets: names of branches and pipelines come from people whom nobody has to trust.
 */
export function maskInput(value: object): Record<string, unknown> {
  return mask(value, 0) as Record<string, unknown>;
}

function mask(value: unknown, depth: number): unknown {
  if (typeof value === 'string') {
    return redactText(value.slice(0, LONGEST)).replaceAll('\u0000', '\uFFFD');
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth > 5) {
    return '…';
  }
  if (Array.isArray(value)) {
    return value.slice(0, MOST).map(item => mask(item, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .slice(0, MOST)
      .map(([key, item]) => [key, mask(item, depth + 1)]),
  );
}
