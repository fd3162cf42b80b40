// As much of a browser as the Lab's state asks of one.
import { mock } from 'node:test';

/** Every entry of the history, and which is shown. */
export const entries = { urls: ['/lab'], at: 0, replaced: 0 };

/** @type {Map<string, Set<() => void>>} */
const listeners = new Map();

/** @type {((now: number) => void) | null} */
let asked = null;
let now = 0;
export const frames = { asked: 0 };

/** Shows the page at an address, without a history. @param {string} [hash] */
export function openPage(hash = '') {
  listeners.clear();
  asked = null;
  frames.asked = 0;
  Object.assign(entries, { urls: [`/lab${hash}`], at: 0, replaced: 0 });
  mock.timers.reset();
  mock.timers.enable({ apis: ['setTimeout'] });
}

/** @param {string} url */
const resolve = (url) => (url.startsWith('#') ? `/lab${url}` : url);

const browser = {
  location: {
    pathname: '/lab',
    search: '',
    get hash() {
      return entries.urls[entries.at].replace(/^[^#]*/, '');
    },
  },
  history: {
    /** @param {unknown} _state @param {string} _title @param {string} url */
    pushState(_state, _title, url) {
      entries.urls = [...entries.urls.slice(0, entries.at + 1), resolve(url)];
      entries.at += 1;
    },
    /** @param {unknown} _state @param {string} _title @param {string} url */
    replaceState(_state, _title, url) {
      entries.urls[entries.at] = resolve(url);
      entries.replaced += 1;
    },
  },
  /** @param {string} name @param {() => void} listener */
  addEventListener(name, listener) {
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
  },
  /** @param {string} name @param {() => void} listener */
  removeEventListener(name, listener) {
    listeners.get(name)?.delete(listener);
  },
  /** @param {(now: number) => void} callback */
  requestAnimationFrame(callback) {
    if (asked) throw new Error('two animation frames at once');
    asked = callback;
    frames.asked += 1;
    return frames.asked;
  },
};
for (const [name, value] of Object.entries(browser)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}
mock.method(performance, 'now', () => now);

/** @param {string} name */
export function fire(name) {
  for (const listener of listeners.get(name) ?? []) listener();
}

/** Goes back (−1) or forward (1) in the history. @param {number} by */
export function go(by) {
  entries.at += by;
  fire('popstate');
}

/** Lets milliseconds pass, the timers running. @param {number} milliseconds */
export function pass(milliseconds) {
  now += milliseconds;
  mock.timers.tick(milliseconds);
}

/** Shows one animation frame after some time. @param {number} milliseconds */
export function nextFrame(milliseconds) {
  now += milliseconds;
  const callback = asked;
  asked = null;
  callback?.(now);
  return callback !== null;
}
