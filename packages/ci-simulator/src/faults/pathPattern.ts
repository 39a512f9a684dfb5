/** `*` stands for a piece of one part of the path, `**` for any parts. */
export function pathPattern(pattern: string): RegExp {
  const source = pattern
    // Runs of stars would make the expression slow, and mean no more than two.
    .replace(/\*{2,}/g, '**')
    .split(/(\*\*|\*)/)
    .map(part => {
      if (part === '**') {
        return '.*';
      }
      return part === '*'
        ? '[^/]*'
        : part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return new RegExp(`^${source}$`);
}
