import { nearest } from '../core/training/moments.js';
import { drawMomentLine } from '../render/moment_line.js';
import { CanvasElement } from './canvas_element.js';
import { Finger } from './finger.js';

/**
 * @import {Place} from '../core/training/moments.js'
 * @import {Theme} from '../render/theme.js'
 * @typedef {{places: readonly Place[], index: number, text: string}} SliderModel
 *   index: which of the places is shown; text: what it is, as it is read aloud
 */

/** CSS px: the height, and the room for half of the thumb at each end. */
const HEIGHT = 42;
const EDGE = 9;

/**
 * The moments of a run as a slider. Event: `scrub` (detail the moment's step).
 * @extends {CanvasElement<SliderModel>}
 */
export class MomentSlider extends CanvasElement {
  #finger = new Finger();
  #thumb = document.createElement('div');
  /** Where it is on its way to: further keys within a frame go on from there. */
  #index = 0;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    this.#thumb.className = 'moment-thumb';
    this.append(this.#thumb);
    this.tabIndex = 0;
    this.setAttribute('role', 'slider');
    this.ariaLabel = 'Moment of the run';
    this.addEventListener('pointerdown', (event) => this.#press(event), { signal });
    this.addEventListener('pointermove', (event) => this.#goTo(event), { signal });
    this.addEventListener('pointerup', (event) => this.#goTo(event), { signal });
    this.addEventListener('keydown', (event) => this.#key(event), { signal });
    this.watchSize(signal);
  }

  /** The thumb moves at once; the line is drawn anew where it is another. @override @param {SliderModel | null} before */
  update(before) {
    this.#index = this.model?.index ?? 0;
    if (before?.places !== this.model?.places) this.paintSoon();
    else this.#place();
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    const width = this.clientWidth;
    if (width === 0 || !this.model) return;
    this.fit(width, HEIGHT);
    drawMomentLine(this.context, this.model.places, (share) => this.#x(share), theme);
    this.#place();
  }

  /** @param {number} share */
  #x(share) {
    return EDGE + share * (this.clientWidth - 2 * EDGE);
  }

  #place() {
    const { places, index, text } = /** @type {SliderModel} */ (this.model);
    const place = places[index];
    this.ariaValueMin = '0';
    this.ariaValueMax = String(Math.max(0, places.length - 1));
    this.ariaValueNow = String(Math.max(0, index));
    this.ariaValueText = text;
    this.ariaDisabled = String(places.length === 0);
    this.#thumb.hidden = !place;
    if (place) this.#thumb.style.setProperty('transform', `translateX(${this.#x(place.share)}px)`);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.button !== 0) return;
    this.setPointerCapture(event.pointerId);
    this.#goTo(event);
  }

  /** @param {PointerEvent} event */
  #goTo(event) {
    const places = this.model?.places ?? [];
    if (!this.hasPointerCapture(event.pointerId) || places.length === 0) return;
    if (!this.#finger.means(event)) return;
    const { left, width } = this.getBoundingClientRect();
    this.#scrub(
      places.indexOf(nearest(places, (event.clientX - left - EDGE) / (width - 2 * EDGE))),
    );
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const { places } = /** @type {SliderModel} */ (this.model);
    const index = this.#index;
    /** @type {Record<string, number>} */
    const moves = {
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      PageUp: index + 5,
      PageDown: index - 5,
      Home: 0,
      End: places.length - 1,
    };
    if (!(event.key in moves) || places.length === 0) return;
    this.#scrub(Math.min(places.length - 1, Math.max(0, moves[event.key])));
    event.preventDefault();
  }

  /** @param {number} index */
  #scrub(index) {
    if (index === this.#index) return;
    this.#index = index;
    this.tell('scrub', this.model?.places[index].step);
  }
}

customElements.define('moment-slider', MomentSlider);
