import { isAbort, leavingSignal } from './retry.js';

/** Of the same question about something newer, the one under way may go on for so long. */
const GRACE_MS = 400;

/**
 * `key`: what is asked; another one overtakes at once, the same about something newer after a while, so
 * that what is answered quickly is not starved by a pen that moves.
 * @template {{readonly key: string}} Asked
 * @template Answer
 * @typedef {object} Questioner
 * @property {(asked: Asked, signal: AbortSignal) => Promise<Answer>} ask
 * @property {(asked: Asked, answer: Answer) => void} show
 * @property {(asked: Asked, error: unknown) => void} fail
 */

/**
 * Asks one question at a time, and after it the newest.
 * @template {{readonly key: string}} Asked
 * @template Answer
 */
export class NewestQuestion {
  #questioner;
  /** @type {Asked | null} */ #next = null;
  /** @type {{asked: Asked, controller: AbortController, since: number} | null} */ #current = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /** @param {Questioner<Asked, Answer>} questioner */
  constructor(questioner) {
    this.#questioner = questioner;
  }

  /** What is asked now, or that nothing is. @param {Asked | null} asked */
  want(asked) {
    this.#next = asked;
    const current = this.#current;
    if (!current) return void this.#run();
    const stop = () => current.controller.abort();
    if (asked?.key !== current.asked.key) return void stop();
    const left = GRACE_MS - (performance.now() - current.since);
    this.#timer ??= setTimeout(stop, Math.max(0, left));
  }

  async #run() {
    while (this.#next) {
      const asked = this.#next;
      const controller = new AbortController();
      this.#next = null;
      this.#current = { asked, controller, since: performance.now() };
      const signal = AbortSignal.any([controller.signal, leavingSignal()]);
      try {
        this.#questioner.show(asked, await this.#questioner.ask(asked, signal));
      } catch (error) {
        if (!isAbort(error)) this.#questioner.fail(asked, error);
      }
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    this.#current = null;
  }
}
