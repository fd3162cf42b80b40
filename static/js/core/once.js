/**
 * The same function, asked once for each object: what it makes of one that never changes is kept as
 * long as that is.
 * @template {object} Of
 * @template T
 * @param {(of: Of) => T} make
 * @returns {(of: Of) => T}
 */
export function once(make) {
  /** @type {WeakMap<Of, {made: T}>} */
  const known = new WeakMap();
  return (of) => {
    let found = known.get(of);
    if (!found) known.set(of, (found = { made: make(of) }));
    return found.made;
  };
}
