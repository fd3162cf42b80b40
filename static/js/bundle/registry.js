/**
 * The modules that came in files of many: how each is made, by its path below `static/`, and what gives its exports
 * once something has imported it. One that failed fails again, as a browser's own does.
 * @type {Map<string, () => Readonly<Record<string, unknown>>>}
 */
const makers = new Map();
/** @type {Map<string, () => any>} */
const made = new Map();

/** Keeps how a module is made; one that comes twice stays the first. @param {string} path @param {() => any} make */
export function define(path, make) {
  if (!makers.has(path)) makers.set(path, make);
}

/** Keeps what a module exports that came by itself. @param {string} path @param {any} exports */
export const keep = (path, exports) => void made.set(path, () => exports);

/** What a module exports, which is evaluated now if it was not before. @param {string} path */
export function get(path) {
  const known = made.get(path);
  if (known) return known();
  const make = makers.get(path);
  if (!make) throw new Error(`No file has brought ${path}: the page may be older than its server.`);
  try {
    keep(path, make());
  } catch (error) {
    made.set(path, () => {
      throw error;
    });
  }
  return made.get(path)?.();
}

/**
 * The same of a module that may not have come yet, with all that it needs.
 * @param {string} path
 * @param {() => Promise<unknown>} bring  fetches the files that have them
 */
export async function load(path, bring) {
  if (!made.has(path)) await bring();
  return get(path);
}
