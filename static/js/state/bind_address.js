import { effect, untracked } from '@preact/signals-core';

/** The address is written at most this often: browsers limit the rate. */
const WRITE_AFTER_MS = 300;

/**
 * What is kept with an entry of the history that was written here: what stood there, and what stood in
 * the entry before.
 * @typedef {{isOurs?: boolean, place?: string, before?: string}} Entry
 */

/** @returns {Entry} */
const entry = () => history.state ?? {};

/** What stands behind the # of the address. */
export const fragment = () => location.hash.slice(1);

/** The address of a state of this page. @param {string} text */
export const addressOf = (text) => (text ? `#${text}` : location.pathname + location.search);

/** The texts that are read one after the other, of which the newest counts. */
function newestText() {
  let [begun, ended] = [0, 0];
  return {
    /** Whether the newest is being read. */
    get isReading() {
      return ended !== begun;
    },
    /** Reads one; whether it is the newest still. @param {(isNewest: () => boolean) => unknown} read */
    async follow(read) {
      begun += 1;
      const number = begun;
      const isNewest = () => number === begun;
      try {
        await read(isNewest);
      } finally {
        if (isNewest()) ended = number;
      }
      return isNewest();
    },
  };
}

/**
 * Shows what the address says, and of an address that is entered meanwhile, that: until it is bound nothing
 * hears of one.
 * @param {(text: string, isNewest: () => boolean) => unknown} read  may take its time, and asks whether it is still wanted
 * @param {string} [begun]  what has been read of it before
 * @returns {Promise<boolean>} whether anything was read
 */
export async function readAddress(read, begun) {
  const texts = newestText();
  let [known, isRead] = [begun, false];
  let end = () => {};
  const look = () => {
    const text = fragment();
    if (text === known) return;
    [known, isRead] = [text, true];
    texts
      .follow((isNewest) => read(text, isNewest))
      // A reading that fails is told; from then on the address is bound all the same.
      .catch((error) => reportError(error))
      .then(() => end());
  };
  addEventListener('popstate', look);
  look();
  while (texts.isReading) {
    await new Promise((resolve) => (end = () => resolve(null)));
    look();
  }
  removeEventListener('popstate', look);
  return isRead;
}

/**
 * An instrument as its address tells of it.
 * @template S
 * @typedef {object} Bound
 * @property {() => S} state  what is shown, as a value; what it reads of signals is what it waits for
 * @property {(state: S) => string} text  what a link says of it; '' is what is usual
 * @property {(text: string, isOurs: boolean, isNewest: () => boolean) => unknown} read  shows what a text says; of the
 *   fragment of an entry that was written here, or of a link. May take its time, and asks whether it is still wanted.
 * @property {(state: S) => string} place  what Back goes from one to the other of
 * @property {string} [begun]  the place that the address told of, where another may have been opened since
 * @property {(from: string, to: string) => boolean} [isStep]  whether another place is an entry of its
 *   own; every one, unless told
 * @property {() => boolean} [isReturn]  whether the newest change of place leads back to where one came
 *   from: the browser goes back too, where that is the entry before
 */

/**
 * Keeps the address in step with an instrument, and the instrument with Back and Forward. Another place
 * is a step of the history, everything else replaces the address once it rests.
 * @template S
 * @param {Bound<S>} bound
 * @returns {() => void} stops it
 */
export function bindAddress({ state, text, read, place, begun, ...rules }) {
  const { isStep = () => true, isReturn = () => false } = rules;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let shown = state();
  let at = begun ?? place(shown);
  /** Whether the browser is on its way to the entry before. */
  let isReturning = false;
  const texts = newestText();
  /** Whether the newest change of place leads back. */
  let isBack = false;

  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  /** Writes what is shown, or was until now, into the present entry of the history. */
  const write = () => {
    rest();
    if (isReturning) return;
    history.replaceState({ ...entry(), isOurs: true, place: at }, '', addressOf(text(shown)));
  };
  /** @param {string} from */
  const step = (from) => {
    if (isBack && entry().before === at) {
      isReturning = true;
      history.back();
    } else if (isBack || !isStep(from, at)) write();
    else history.pushState({ isOurs: true, place: at, before: from }, '', addressOf(text(shown)));
  };
  /** @param {S} next */
  const follow = (next) => {
    const [from, to] = [at, place(next)];
    if (from !== to) isBack = isReturn();
    const isMoved = from !== to && !texts.isReading && !isReturning;
    // What was changed in an entry that is left stays with it.
    if (isMoved && timer !== undefined) write();
    [shown, at] = [next, to];
    rest();
    if (isMoved) step(from);
    // An address that is being read stands: what is shown is still what was before.
    else if (!texts.isReading) timer = setTimeout(write, WRITE_AFTER_MS);
  };
  const arrive = async (/** @type {PopStateEvent} */ event) => {
    rest();
    /** @type {Entry | null} */
    const arrived = event.state;
    if (isReturning) {
      isReturning = false;
      // What was opened on the way is a step of its own.
      if (arrived?.place !== at) step(arrived?.place ?? '');
    } else {
      const isOurs = Boolean(arrived?.isOurs);
      if (!(await texts.follow((isNewest) => read(fragment(), isOurs, isNewest)))) return;
    }
    // The entry may have kept what is older, which may wait until that is shown.
    timer ??= setTimeout(write, WRITE_AFTER_MS);
  };
  const leave = () => timer !== undefined && write();
  const stop = effect(() => {
    const next = state();
    untracked(() => follow(next));
  });
  addEventListener('popstate', arrive);
  addEventListener('pagehide', leave);
  return () => {
    stop();
    rest();
    removeEventListener('popstate', arrive);
    removeEventListener('pagehide', leave);
  };
}
