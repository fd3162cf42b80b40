import { batch, computed, signal } from '@preact/signals-core';

/** Changes of one kind that follow within this time are one step. */
const TOGETHER_MS = 1000;
/** What kinds begin with whose changes are one step however long they take, until the key is forgotten. */
export const STROKE = 'stroke ';

/** No change was before. */
const NONE = { key: '', at: -Infinity };

/**
 * A value that is replaced whole, what it was before, and what was undone: the past costs no more than
 * what differs.
 * @template T
 */
export class Undo {
  /** The newest change: of which kind, and when. */
  #newest = NONE;
  /** How many values undo can go back to. */
  #remembered;

  /** @param {T} initial @param {number} remembered  how many values undo can go back to */
  constructor(initial, remembered) {
    this.#remembered = remembered;
    this.present = signal(initial);
    /** @type {import('@preact/signals-core').Signal<{past: readonly T[], future: readonly T[]}>} */
    this.kept = signal({ past: [], future: [] });
    this.canUndo = computed(() => this.kept.value.past.length > 0);
    this.canRedo = computed(() => this.kept.value.future.length > 0);
  }

  /**
   * Puts a value in the place of the present one; undo goes back to that.
   * @param {T} next
   * @param {string} [key]  of what kind the change is; '' is never one with the change before
   * @param {number} [at]  the time of the event
   */
  replace(next, key = '', at = performance.now()) {
    if (next === this.present.value) return;
    const isSoon = at - this.#newest.at < TOGETHER_MS || key.startsWith(STROKE);
    const isOne = key !== '' && key === this.#newest.key && isSoon;
    this.#newest = { key, at };
    const { past } = this.kept.value;
    const longer = [...past, this.present.value].slice(-this.#remembered);
    this.#set(isOne && past.length > 0 ? past : longer, next, []);
  }

  /** Lets the next change be a step of its own. */
  forgetKey() {
    this.#newest = NONE;
  }

  /** Shows a value that nothing was before. @param {T} next */
  begin(next) {
    this.forgetKey();
    this.#set([], next, []);
  }

  /** Goes back to the former value. @returns {boolean} whether there is one */
  undo() {
    const { past, future } = this.kept.value;
    return this.#goBack(past, [this.present.value, ...future]);
  }

  /** Takes the newest change back as if it had never been. @returns {boolean} whether there is one */
  forget() {
    const { past, future } = this.kept.value;
    return this.#goBack(past, future);
  }

  /** Takes the newest undo back. @returns {boolean} whether there is one */
  redo() {
    const { past, future } = this.kept.value;
    if (future.length === 0) return false;
    this.forgetKey();
    this.#set([...past, this.present.value], future[0], future.slice(1));
    return true;
  }

  /** @param {readonly T[]} past @param {readonly T[]} future */
  #goBack(past, future) {
    if (past.length === 0) return false;
    this.forgetKey();
    this.#set(past.slice(0, -1), past[past.length - 1], future);
    return true;
  }

  /** @param {readonly T[]} past @param {T} present @param {readonly T[]} future */
  #set(past, present, future) {
    batch(() => {
      this.kept.value = { past, future };
      this.present.value = present;
    });
  }
}
