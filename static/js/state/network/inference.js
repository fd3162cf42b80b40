import { batch, effect, untracked } from '@preact/signals-core';

import { ApiError, getTensors } from '../../api/client.js';
import { isAbort, isPassing, leavingSignal, soon, whenBack } from '../retry.js';
import { Awaiting } from './awaiting.js';
import { FrameWait } from './frame_wait.js';
import { showWhatCame } from './opening.js';
import { tellRefusal } from './refusal.js';
import { addressOf, createRequest, preparedQuery } from './request.js';
import { nothingToAsk } from './store.js';
import { createWhole } from './whole.js';

/**
 * @import {Asked} from './awaiting.js'
 * @typedef {import('./store.js').Store & import('./paper.js').Paper} Signals
 *
 * What is known of the screen: `painted` resolves once the picture of a change is handed over, `atFrame` calls
 * when the next frame is about to be, and `asked` is told that an answer is waited for.
 * @typedef {{painted: (at: number) => Promise<unknown>, atFrame: (then: () => void) => unknown,
 *   asked?: () => unknown}} Screen
 */

/**
 * The forward passes of one network: one request is under way at a time and the newest state follows it,
 * since aborting at every pen move would starve the picture while the pen is fast.
 */
class Inference {
  #signals;
  #screen;
  #requestOf = createRequest();
  #whole = createWhole();
  #awaiting;
  #isInFlight = false;
  #isStale = false;
  /** Asks for the rest of what has come; what is drawn meanwhile does not wait. */
  rest;

  /** @param {Signals} signals @param {Screen} screen */
  constructor(signals, screen) {
    this.#signals = signals;
    this.#screen = screen;
    this.#awaiting = new Awaiting(signals);
    this.rest = new FrameWait(screen.atFrame, () => this.#askForRest());
  }

  /** Asks for the newest picture. */
  async ask() {
    this.#isStale = true;
    if (this.#isInFlight) return;
    this.#isInFlight = true;
    try {
      /** @type {Asked | null} */
      let under = null;
      while (under || this.#isStale) {
        under ??= this.#send();
        if (!under) break;
        under = await this.#take(under);
      }
    } catch (error) {
      if (!isAbort(error)) throw error;
    } finally {
      this.#isInFlight = false;
      this.#signals.isBusy.value = false;
    }
  }

  /** Asks for what of the picture that is there did not come with it. */
  #askForRest() {
    const { deep, forward } = this.#signals;
    // What is under way is shown first, and then asked about.
    if (deep.value || (forward.value?.lacksSteps && !this.#isInFlight)) void this.ask();
  }

  /** Asks for one forward pass of what is drawn now. @returns {Asked | null} null without a network */
  #send() {
    const { changed, deep, drawing, forward, outline, preparation } = this.#signals;
    this.#isStale = false;
    if (!outline.value) return null;
    const isFirst = forward.value === null;
    const question = (deep.value?.questionOf ?? this.#whole)(this.#signals);
    if (!question) return null;
    const { body, type } = this.#requestOf(drawing.value, outline.value.preparation === 'photo');
    const prepared = preparedQuery(preparation.value, drawing.value);
    const answer = getTensors(addressOf(outline.value, prepared, isFirst, question), {
      method: 'POST',
      headers: { 'Content-Type': type },
      body,
      signal: leavingSignal(),
    });
    this.#screen.asked?.();
    const now = { outline: outline.value, of: changed.value, preparation: preparation.value };
    return { ...now, isFirst, question, answer };
  }

  /**
   * Takes in one answer, or why there is none.
   * @param {Asked} asked
   * @returns {Promise<Asked | null>} the next one, where it is under way already
   */
  async #take(asked) {
    const awaited = this.#awaiting.begin(asked);
    try {
      const answer = await asked.answer;
      awaited.came();
      // The server works on the next one while this one is painted; of the same picture, what is to be asked
      // depends on what has come.
      const next =
        this.#isStale && !asked.isFirst && this.#awaiting.isOfOld(asked) ? this.#send() : null;
      await this.#show(asked, answer);
      return next;
    } catch (error) {
      await this.#fail(error, asked);
      return null;
    } finally {
      awaited.end();
    }
  }

  /**
   * Shows an answer, unless it is of another network than the one on show by now.
   * @param {Asked} asked
   * @param {import('../../core/tensor.js').TensorFile} answer
   */
  async #show({ outline, of, isFirst, question }, answer) {
    const { failure, forward, isBusy, isGone, isOutdated, outline: present } = this.#signals;
    if (present.value !== outline) return;
    const shown = question.take(answer, isFirst);
    batch(() => {
      forward.value = { ...shown, isExact: !isFirst, of };
      failure.value = null;
      isGone.value = false;
      isBusy.value = false;
      isOutdated.value = false;
      showWhatCame(this.#signals);
    });
    if (question.isPart && answer.document.layers.length > 0) this.rest.begin();
    if (question.isFollowing) return;
    const picture = this.#screen.painted(of.at);
    if (!isFirst) return;
    // The exact values of the first picture may wait for it; later ones must not wait for a frame.
    await picture;
    this.#isStale = true;
  }

  /** Says why there is no answer; what passes is tried again. @param {unknown} error @param {Asked} asked */
  async #fail(error, asked) {
    if (!(error instanceof ApiError)) throw error;
    this.#awaiting.fade(asked);
    tellRefusal(this.#signals, error);
    if (!isPassing(error)) return;
    this.#isStale = true;
    await soon();
  }
}

/**
 * Keeps the picture up to date with the drawing, its preparation and the network.
 * @param {Signals} signals
 * @param {Screen} screen
 * @returns {() => void} stops it
 */
export function startInference(signals, screen) {
  const inference = new Inference(signals, screen);
  const forget = whenBack(() => void inference.ask());
  signals.askNow.value = () => void (signals.deep.value && inference.ask());
  const stop = effect(() => {
    void [signals.changed.value, signals.preparation.value, signals.outline.value];
    void signals.wants.value;
    untracked(() => inference.ask());
  });
  return () => {
    signals.askNow.value = nothingToAsk;
    inference.rest.end();
    forget();
    stop();
  };
}
