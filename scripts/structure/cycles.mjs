/**
 * Circular imports, types included: a cycle is a room that cannot be
 * understood from one side.
 *
 * Tarjan, "Depth-first search and linear graph algorithms", 1972.
 *
 * @returns each group of files that import each other
 */
export function cycles(house) {
  const targets = new Map(
    house.sources.map(({ path, imports }) => [
      path,
      imports.map(({ target }) => target).filter(Boolean),
    ]),
  );
  const state = new Map();
  const stack = [];
  const groups = [];
  let counter = 0;

  function visit(path) {
    const own = { index: counter, low: counter, onStack: true };
    counter += 1;
    state.set(path, own);
    stack.push(path);
    for (const target of targets.get(path) ?? []) {
      const other = state.get(target);
      if (!other) {
        own.low = Math.min(own.low, visit(target).low);
      } else if (other.onStack) {
        own.low = Math.min(own.low, other.index);
      }
    }
    if (own.low === own.index) {
      const group = stack.splice(stack.indexOf(path));
      group.forEach(member => (state.get(member).onStack = false));
      if (group.length > 1 || targets.get(path)?.includes(path)) {
        groups.push(group);
      }
    }
    return own;
  }

  for (const path of targets.keys()) {
    if (!state.has(path)) {
      visit(path);
    }
  }
  return groups.map(group => `circular: ${group.join(' → ')}`);
}
