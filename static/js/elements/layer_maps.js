import { effect, signal } from '@preact/signals-core';

import { mapSize, placeLayers } from '../core/layers/layout.js';
import { theme } from '../render/theme.js';
import { open, pointAt } from '../state/network/actions.js';
import { activations, layerNamed } from '../state/network/store.js';
import { LayerPicture } from './layer_picture.js';
import { scaleFor } from './layer_scale.js';

/** Maps are shown at most this large, CSS px. */
const LARGEST_PX = 112;
const SMALLEST_PX = 42;

/** All maps of one layer, as large as the width allows; in step with the store. */
export class LayerMaps extends HTMLElement {
  #picture = new LayerPicture();
  #layer = signal('');
  #width = signal(0);
  #themes = signal(0);
  /** @type {(() => void)[]} */ #stops = [];

  connectedCallback() {
    this.append(this.#picture);
    const watcher = new ResizeObserver(() => (this.#width.value = this.clientWidth));
    watcher.observe(this);
    const onTheme = () => (this.#themes.value += 1);
    document.addEventListener('themechange', onTheme);
    const listening = new AbortController();
    this.#listen(listening.signal);
    this.#stops = [
      () => watcher.disconnect(),
      () => document.removeEventListener('themechange', onTheme),
      () => listening.abort(),
      effect(() => this.#show()),
    ];
  }

  disconnectedCallback() {
    for (const stop of this.#stops) stop();
  }

  get layer() {
    return this.#layer.peek();
  }

  /** @param {string} name */
  set layer(name) {
    this.#layer.value = name;
    this.#picture.setAttribute('aria-label', `The maps of ${name}. Arrow keys walk, Enter opens.`);
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    const cellOf = (/** @type {Event} */ event) => /** @type {CustomEvent} */ (event).detail;
    this.#picture.addEventListener(
      'point',
      (event) => pointAt(cellOf(event) && { layer: this.layer, ...cellOf(event) }),
      { signal },
    );
    this.#picture.addEventListener(
      'choose',
      (event) => open({ kind: 'map', layer: this.layer, channel: cellOf(event).channel }),
      { signal },
    );
  }

  #show() {
    void this.#themes.value;
    const layer = layerNamed(this.#layer.value);
    const tensor = activations.value.get(this.#layer.value);
    const width = this.#width.value;
    if (!layer || !tensor || width === 0) return;
    const scale = window.devicePixelRatio;
    const gap = Math.round(2 * scale);
    const count = layer.output_shape[0];
    const columns = bestColumns(count, width);
    const fit = mapSize({
      width: width - 2 * columns,
      height: Infinity,
      columns,
      rows: 1,
      scale,
      zoom: 1,
    });
    const size = Math.min(fit, Math.floor((LARGEST_PX * scale) / 14) * 14);
    const [block] = placeLayers([layer], { size, rows: 16, gap, strip: 0, columns });
    this.#picture.place(block, scale);
    this.#picture.paint(tensor, scaleFor(layer.name, theme()));
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
  return Math.max(1, Math.min(columns, most, count));
}

customElements.define('layer-maps', LayerMaps);
