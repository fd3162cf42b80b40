import { drawAttribution } from '../render/attribution.js';
import { ARROWS } from './canvas_element.js';
import { PictureBoard } from './picture_board.js';

/** @import {AttributionModel} from '../render/attribution.js' */

/**
 * A map of how much each place counts, over the picture. Events: `point` (detail a place or null) for what is
 * under the pointer, `walk` (detail a place) for an arrow key.
 * @extends {PictureBoard<AttributionModel>}
 */
export class AttributionMap extends PictureBoard {
  /** @override @param {AbortSignal} signal */
  connected(signal) {
    super.connected(signal);
    const point = (/** @type {PointerEvent} */ event) => this.tell('point', this.#under(event));
    this.addEventListener('pointermove', point, { signal });
    this.addEventListener('pointerdown', point, { signal });
    this.addEventListener('pointerleave', (event) => this.#leave(event), { signal });
    this.addEventListener('keydown', (event) => this.#walk(event), { signal });
  }

  /** @override @param {import('../render/theme.js').Theme} theme */
  paint(theme) {
    if (this.model && this.spread()) drawAttribution(this.context, this.model, this.size, theme);
  }

  /** A finger that is lifted has pinned its place. @param {PointerEvent} event */
  #leave({ pointerType }) {
    if (pointerType !== 'touch') this.tell('point', null);
  }

  /** @param {PointerEvent} event */
  #under(event) {
    const places = this.model?.places;
    if (!places) return null;
    const { x, y } = this.shares(event);
    const [row, column] = [Math.floor(y * places.rows), Math.floor(x * places.columns)];
    const isInside = row >= 0 && column >= 0 && row < places.rows && column < places.columns;
    return isInside ? { row, column } : null;
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const step = ARROWS[event.key];
    const { places, cursor } = this.model ?? {};
    if (!step || !places || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const middle = { row: Math.floor(places.rows / 2), column: Math.floor(places.columns / 2) };
    const { row, column } = cursor ?? middle;
    const within = (/** @type {number} */ at, /** @type {number} */ end) =>
      Math.min(end - 1, Math.max(0, at));
    const [right, down] = cursor ? step : [0, 0];
    this.tell('walk', {
      row: within(row + down, places.rows),
      column: within(column + right, places.columns),
    });
  }
}

customElements.define('attribution-map', AttributionMap);
