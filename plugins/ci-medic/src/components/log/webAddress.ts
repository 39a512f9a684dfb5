/**
 * An address from outside, if it leads to a web page: `javascript:` and the like do not.
 */
export function webAddress(address: string | undefined): string | undefined {
  const url = address && URL.canParse(address) ? new URL(address) : undefined;
  return url && ['https:', 'http:'].includes(url.protocol)
    ? url.href
    : undefined;
}
