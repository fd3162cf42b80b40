/**
 * The modules that came in files of many: how each is made, by its path below `static/`, and what it exports
 * once something has imported it.
 * @type {Map<string, () => Readonly<Record<string, unknown>>>}
 */
const makers = new Map();
/** @type {Map<string, any>} */
const made = new Map();

/** Keeps how a module is made; one that comes twice stays the first. @param {string} path @param {() => any} make */
export function define(path, make) {
  if (!makers.has(path)) makers.set(path, make);
}

/** Keeps what a module exports that came by itself. @param {string} path @param {any} exports */
export const keep = (path, exports) => void made.set(path, exports);

/** What a module exports, which is evaluated now if it was not before. @param {string} path */
export function get(path) {
  if (!made.has(path)) {
    const make = makers.get(path);
    if (!make) throw new Error(`no file has brought ${path}`);
    made.set(path, make());
  }
  return made.get(path);
}

/**
 * The same of a module that may not have come yet.
 * @param {string} path
 * @param {() => Promise<unknown>} bring  fetches the file that has it
 */
export async function load(path, bring) {
  if (!makers.has(path)) await bring();
  return get(path);
}
