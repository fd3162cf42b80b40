import { percent } from '../core/number.js';
import { bestAt, momentAt, probabilitiesAt } from '../core/training/probability_bands.js';
import { BAND, drawBands } from '../render/probability_bands.js';
import { CanvasElement } from './canvas_element.js';
import { Finger } from './finger.js';

/**
 * @import {BandsModel} from '../render/probability_bands.js'
 * @typedef {Omit<BandsModel, 'pointed'> & {times: readonly string[], classes: readonly string[]}} Bands
 *   times: when each moment was, as it is said
 */

/** @type {Record<string, (at: number, last: number) => number>} */
const STEPS = {
  ArrowLeft: (at) => at - 1,
  ArrowDown: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  ArrowUp: (at) => at + 1,
  PageDown: (at) => at - 5,
  PageUp: (at) => at + 5,
  Home: () => 0,
  End: (_, last) => last,
};

/**
 * How probable each class was at every moment of a run; a click, a drag or an arrow key goes to a moment.
 * Events: `choose` (detail its index) and `point` (the one under the pointer, or null).
 * @extends {CanvasElement<Bands>}
 */
export class ProbabilityBands extends CanvasElement {
  #finger = new Finger();
  /** @type {number | null} */ #pointed = null;
  /** The moment that was gone to: several keys may come before it is shown. */ #at = 0;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.tabIndex = 0;
    this.setAttribute('role', 'slider');
    const point = (/** @type {PointerEvent} */ event) => {
      this.#point(this.#under(event));
      if (event.isPrimary && this.#finger.means(event)) this.#choose(this.#pointed);
    };
    for (const name of /** @type {const} */ (['pointermove', 'pointerdown', 'pointerup']))
      this.addEventListener(name, point, { signal });
    this.addEventListener('pointerleave', () => this.#point(null), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
    this.watchSize(signal);
  }

  /** @override */
  update() {
    this.#at = this.model?.at ?? 0;
    this.paintSoon();
  }

  /** What a screen reader says of it. @param {string} text */
  set label(text) {
    this.setAttribute('aria-label', text);
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    const width = this.clientWidth;
    if (!this.model || width === 0) return;
    this.fit(width, this.model.bands.length * BAND.row + BAND.bottom);
    drawBands(this.context, { ...this.model, pointed: this.#pointed }, width, theme);
    this.#say(this.model);
  }

  /** @param {Bands} model */
  #say({ probabilities, at, times, classes }) {
    const best = bestAt(probabilities, at);
    const answer =
      best < 0
        ? 'no answer'
        : `${classes[best]}, ${percent(probabilitiesAt(probabilities, at)[best])}`;
    this.setAttribute('aria-valuemin', '0');
    this.setAttribute('aria-valuemax', String(times.length - 1));
    this.setAttribute('aria-valuenow', String(at));
    this.setAttribute('aria-valuetext', `${times[at]}: ${answer}`);
  }

  /** @param {PointerEvent} event */
  #under(event) {
    if (!this.model) return null;
    const { left = BAND.left, times } = this.model;
    const x = event.clientX - this.canvas.getBoundingClientRect().left - left;
    return momentAt(x, times.length, this.clientWidth - left - BAND.right);
  }

  /** @param {number | null} at */
  #point(at) {
    if (at === this.#pointed) return;
    this.#pointed = at;
    this.tell('point', at);
    this.paintSoon();
  }

  /** @param {number | null} at */
  #choose(at) {
    if (at === null || at === this.#at) return;
    this.#at = at;
    this.tell('choose', at);
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    if (!this.model || !(event.key in STEPS) || event.ctrlKey || event.metaKey || event.altKey)
      return;
    event.preventDefault();
    const last = this.model.times.length - 1;
    this.#choose(Math.max(0, Math.min(last, STEPS[event.key](this.#at, last))));
  }
}

customElements.define('probability-bands', ProbabilityBands);
