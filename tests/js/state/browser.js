// As much of a browser as an instrument's state asks of one.
import { mock } from 'node:test';

/** Every entry of the history, and which is shown. */
export const entries = {
  urls: ['/lab'],
  /** What is kept with each. @type {unknown[]} */
  states: [null],
  at: 0,
  replaced: 0,
};

/** @type {Map<string, Set<(event: any) => void>>} */
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
  Object.assign(entries, { urls: [`/lab${hash}`], states: [null], at: 0, replaced: 0 });
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
    get state() {
      return entries.states[entries.at] ?? null;
    },
    /** The browser is there some time after it was asked. */
    back() {
      setTimeout(() => go(-1));
    },
    /** @param {unknown} state @param {string} _title @param {string} url */
    pushState(state, _title, url) {
      entries.urls = [...entries.urls.slice(0, entries.at + 1), resolve(url)];
      entries.states = [...entries.states.slice(0, entries.at + 1), state];
      entries.at += 1;
    },
    /** @param {unknown} state @param {string} _title @param {string} url */
    replaceState(state, _title, url) {
      entries.states[entries.at] = state;
      entries.urls[entries.at] = resolve(url);
      entries.replaced += 1;
    },
  },
  /** @param {string} name @param {(event: any) => void} listener */
  addEventListener(name, listener) {
    listeners.set(name, (listeners.get(name) ?? new Set()).add(listener));
  },
  /** @param {string} name @param {(event: any) => void} listener */
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
  const { state } = browser.history;
  for (const listener of listeners.get(name) ?? []) listener({ state });
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
