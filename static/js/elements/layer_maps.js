import { placeLayers } from '../core/layers/layout.js';
import { mapSize } from '../core/layers/map_size.js';
import { PaintedElement } from './canvas_element.js';
import { LayerPicture } from './layer_picture.js';

/**
 * @import {LayerShape} from '../core/layers/layout.js'
 * @import {Theme} from '../render/theme.js'
 * @typedef {{layer: LayerShape, tensor: import('../core/tensor.js').Tensor,
 *   colours: (theme: Theme) => import('../render/scale.js').Scale}} MapsModel
 *   tensor: the maps, or a smaller picture of each
 */

/** Maps are shown at most this large, CSS px. */
const LARGEST_PX = 112;
const SMALLEST_PX = 42;

/**
 * All maps of one layer, as large as the width allows. Events: those of its LayerPicture.
 * @extends {PaintedElement<MapsModel>}
 */
export class LayerMaps extends PaintedElement {
  #picture = new LayerPicture();

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.append(this.#picture);
    for (const type of /** @type {const} */ (['point', 'choose'])) {
      const pass = (/** @type {Event} */ event) =>
        this.tell(type, /** @type {CustomEvent} */ (event).detail);
      this.#picture.addEventListener(type, pass, { signal });
    }
    this.watchSize(signal);
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    const width = this.clientWidth;
    if (!this.model || width === 0) return;
    const { layer, tensor, colours } = this.model;
    const label = `The maps of ${layer.name}. Arrow keys walk, Enter opens.`;
    this.#picture.setAttribute('aria-label', label);
    const scale = window.devicePixelRatio;
    const gap = Math.round(2 * scale);
    const count = layer.output_shape[0];
    const columns = bestColumns(count, width);
    const fit = mapSize({ width: width - 2 * columns, columns, scale });
    const size = Math.min(fit, Math.floor((LARGEST_PX * scale) / 14) * 14);
    const [block] = placeLayers([layer], { size, rows: 16, gap, strip: 0, columns });
    this.#picture.place(block, scale);
    this.#picture.show(tensor, colours(theme), layer.output_shape);
  }
}

/**
 * The columns with which the maps fill a width: a power of two where the maps stay large enough.
 * @param {number} count
 * @param {number} width  CSS px
 */
function bestColumns(count, width) {
  const most = Math.max(1, Math.floor(width / (SMALLEST_PX + 5)));
  const wanted = Math.ceil(width / (LARGEST_PX + 5));
  let columns = 1;
  while (columns < wanted || count / columns > 8) columns *= 2;
  return columns > most ? fullest(count, most) : Math.max(1, Math.min(columns, count));
}

/** So much of the room at least is used. */
const LEAST_SHARE = 0.75;

/**
 * As many columns as there is room for; where they leave the last row nearly empty, of nearly as many those that
 * leave the fullest.
 * @param {number} count
 * @param {number} most
 */
function fullest(count, most) {
  if (count <= most) return count;
  const filled = (/** @type {number} */ columns) => (count % columns || columns) / columns;
  if (filled(most) >= 0.5) return most;
  let best = most;
  for (let columns = most; columns >= LEAST_SHARE * most; columns -= 1) {
    if (filled(columns) > filled(best)) best = columns;
  }
  return best;
}

customElements.define('layer-maps', LayerMaps);
