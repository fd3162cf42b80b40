/**
 * Items behind each other of which the same is said.
 * @template T
 * @param {readonly T[]} items
 * @param {(item: T) => unknown} say
 * @returns {T[][]}
 */
export function runs(items, say) {
  /** @type {T[][]} */
  const found = [];
  let before;
  for (const item of items) {
    const said = say(item);
    if (found.length > 0 && said === before) found[found.length - 1].push(item);
    else found.push([item]);
    before = said;
  }
  return found;
}
