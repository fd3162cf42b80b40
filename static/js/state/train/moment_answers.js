import { signal } from '@preact/signals-core';

import { ApiError } from '../../api/client.js';
import { isAbort, isForNow, leavingSignal, soon } from '../retry.js';

/** @import {TensorFile} from '../../core/tensor.js' */

/** What is not on show yet is asked for once nothing else has been wanted for so long. */
const REST_MS = 180;
/** So many numbers are kept, 32 MB of them. */
const MOST_VALUES = 8_000_000;

/** How many numbers an answer has. @param {TensorFile} answer */
const sizeOf = ({ tensors }) =>
  [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);

/**
 * What the server computed of moments of a run, each asked for once, one at a time: first what is on show,
 * and at rest what may be shown next.
 */
export class MomentAnswers {
  #ask;
  /** The newest last. @type {Map<string, TensorFile>} */ #known = new Map();
  #values = 0;
  /** Why what is refused is. @type {Map<string, string>} */ #refused = new Map();
  /** @type {{now: readonly string[], later: readonly string[]}} */ #wanted = {
    now: [],
    later: [],
  };
  /** @type {{isNow: boolean, controller: AbortController} | null} */ #current = null;
  #isRunning = false;
  #wake = () => {};
  #changes = signal(0);
  /** Why what is on show cannot be had, in a sentence; '' where it can. */
  failure = signal('');

  /** @param {(key: string, overtaken: AbortSignal) => Promise<TensorFile>} ask */
  constructor(ask) {
    this.#ask = ask;
  }

  /** An answer that is there; an effect notices when it comes. @param {string} key */
  get(key) {
    void this.#changes.value;
    return this.#known.get(key);
  }

  /** Whether there is no answer, and will be none. @param {string} key */
  isRefused(key) {
    void this.#changes.value;
    return this.#refused.has(key);
  }

  /** The answers that are there of some. @param {readonly string[]} keys @returns {TensorFile[]} */
  among(keys) {
    void this.#changes.value;
    return keys.flatMap((key) => this.#known.get(key) ?? []);
  }

  /** Forgets an answer that is no longer so. @param {(key: string) => boolean} isOld */
  forget(isOld) {
    for (const key of this.#known.keys()) if (isOld(key)) this.#drop(key);
    this.#refused.clear();
    this.#changes.value += 1;
  }

  /**
   * What is wanted from now on, in place of what was.
   * @param {readonly string[]} now  what is on show
   * @param {readonly string[]} [later]  what may be shown next, the likeliest first
   */
  want(now, later = []) {
    this.#wanted = { now, later };
    const isMissing = now.some((key) => this.#isMissing(key));
    if (this.#current && !this.#current.isNow && isMissing) this.#current.controller.abort();
    if (!isMissing) this.failure.value = now.map((key) => this.#refused.get(key) ?? '').join('');
    this.#wake();
    void this.#run();
  }

  /** @param {string} key */
  #isMissing(key) {
    return !this.#known.has(key) && !this.#refused.has(key);
  }

  /** What is asked for next. */
  #next() {
    const { now, later } = this.#wanted;
    const key = now.find((each) => this.#isMissing(each));
    if (key !== undefined) return { key, isNow: true };
    const next = later.find((each) => this.#isMissing(each));
    return next === undefined ? null : { key: next, isNow: false };
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let next = this.#next(); next; next = this.#next()) {
      if (next.isNow || (await this.#isAtRest())) await this.#fetch(next.key, next.isNow);
    }
    this.#isRunning = false;
  }

  /** Whether nothing else is wanted for a while. @returns {Promise<boolean>} */
  #isAtRest() {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(true), REST_MS);
      this.#wake = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
  }

  /** @param {string} key @param {boolean} isNow */
  async #fetch(key, isNow) {
    const controller = new AbortController();
    this.#current = { isNow, controller };
    try {
      const signals = AbortSignal.any([controller.signal, leavingSignal()]);
      this.#keep(key, await this.#ask(key, signals));
      if (isNow) this.failure.value = '';
    } catch (error) {
      await this.#fail(key, error);
    } finally {
      this.#current = null;
    }
  }

  /** @param {string} key @param {TensorFile} answer */
  #keep(key, answer) {
    this.#known.set(key, answer);
    this.#values += sizeOf(answer);
    for (const old of this.#known.keys()) {
      if (this.#values <= MOST_VALUES || this.#wanted.now.includes(old)) break;
      this.#drop(old);
    }
    this.#changes.value += 1;
  }

  /** @param {string} key */
  #drop(key) {
    const answer = this.#known.get(key);
    if (answer) this.#values -= sizeOf(answer);
    this.#known.delete(key);
  }

  /** Says why there is no answer; what passes is tried again. @param {string} key @param {unknown} error */
  async #fail(key, error) {
    if (isAbort(error)) {
      // The page is being left: nothing is asked for any more.
      if (leavingSignal().aborted) this.#wanted = { now: [], later: [] };
      return;
    }
    if (!(error instanceof ApiError)) throw error;
    const isOnShow = this.#wanted.now.includes(key);
    if (isOnShow) this.failure.value = error.detail;
    if (isForNow(error)) return soon();
    this.#refused.set(key, error.detail);
    this.#changes.value += 1;
  }
}
