import { batch } from '@preact/signals-core';

import { graphOf } from '../../core/graph.js';
import { mapsOf } from '../../core/tensor.js';
import { showSoon } from './opening.js';
import { layerNamed } from './store.js';

/**
 * @import {Pixel} from '../../core/receptive_field.js'
 * @import {Position, Store, View} from './store.js'
 */

export const ZOOMS = [1, 1.5, 2, 3, 4];

/**
 * The view if the network has what it names, a vector's map being its unit; else null.
 * @param {Store} store
 * @param {View} next
 * @returns {View | null}
 */
export function validView(store, next) {
  if (next.kind === 'overview' || next.kind === 'why') return next;
  const layer = layerNamed(store, next.layer);
  if (!layer) return null;
  if (next.kind === 'layer') return layer.name === 'input' ? { kind: 'overview' } : next;
  const { count, rows, columns } = mapsOf(layer.output_shape);
  if (!(next.channel >= 0 && next.channel < count)) return null;
  if (layer.name === 'input') return { kind: 'overview' };
  if (next.kind === 'map') {
    return layer.output_shape.length === 3 ? next : { ...next, kind: 'cell', row: 0, column: 0 };
  }
  const isInside = next.row >= 0 && next.row < rows && next.column >= 0 && next.column < columns;
  return isInside ? next : { kind: 'map', layer: next.layer, channel: next.channel };
}

/**
 * What a layer reads and what reads it; the input is no layer to open.
 * @param {Store} store
 * @param {string} name
 * @returns {{before: string[], behind: string[]}}
 */
export function neighboursOf({ layers }, name) {
  const graph = graphOf(layers.value);
  const names = (/** @type {readonly {name: string}[]} */ some) => some.map((one) => one.name);
  const before = graph.predecessors(name).filter(({ inputs }) => inputs.length > 0);
  return { before: names(before), behind: names(graph.successors(name)) };
}

/**
 * What is one step back: of a cell its map, of a map its layer, of a layer the overview.
 * @param {Store} store
 * @param {View} now
 * @returns {View}
 */
function viewBehind(store, now) {
  if (!('channel' in now)) return { kind: 'overview' };
  const isVector = (layerNamed(store, now.layer)?.output_shape.length ?? 0) < 3;
  return now.kind === 'map' || isVector
    ? { kind: 'layer', layer: now.layer }
    : { ...now, kind: 'map' };
}

/** What folds the stages of a deep network, and unfolds them. @param {Store} store */
export const foldActions = ({ deep, layers, unfolded }) => ({
  /** Unfolds a stage of a deep network, or folds it and what is in it, by its key. @param {string} key */
  turn(key) {
    const next = new Set(unfolded.value);
    if (next.has(key))
      for (const one of deep.value?.keysWithin(layers.value, key) ?? []) next.delete(one);
    else next.add(key);
    unfolded.value = next;
  },

  /** Folds all stages, or unfolds them where all are folded. */
  turnAll() {
    const keys = unfolded.value.size > 0 ? [] : deep.value?.allKeys(layers.value);
    unfolded.value = new Set(keys);
  },
});

/** Unfolds the stages that a layer lies in. @param {Store} store @param {string} layer */
function unfoldAround({ deep, layers, unfolded }, layer) {
  const around = deep.value?.keysAround(layers.value, layer) ?? [];
  if (around.some((key) => !unfolded.value.has(key)))
    unfolded.value = new Set([...unfolded.value, ...around]);
}

/**
 * Shows a view, where the network still has it.
 * @param {Store} store
 * @param {View} next
 * @param {(update: () => void) => void} transition  between the overview and what is opened of it
 */
function show(store, next, transition) {
  const { hover, view } = store;
  const valid = validView(store, next);
  if (!valid) return;
  const update = () =>
    batch(() => {
      hover.value = null;
      view.value = valid;
      if ('layer' in valid) unfoldAround(store, valid.layer);
    });
  const isBigStep = (valid.kind === 'overview') !== (view.value.kind === 'overview');
  if (isBigStep) transition(update);
  else update();
}

/** What changes the view of a network. @param {Store} store */
export function viewActions(store) {
  const { hover, looks, opened, pixel, rangeMode, sees, zoom } = store;
  /** How a change between the overview and what is opened of it is shown: at once, until a page says otherwise. */
  let transition = (/** @type {() => void} */ update) => update();
  /** Whether the step under way goes back: it then takes the place of what it closes. */
  let isBack = false;

  /** Opens something, where the network has it. @param {View} next */
  function open(next) {
    const valid = validView(store, next);
    if (!valid) return;
    hover.value = null;
    showSoon(store, valid, () => show(store, valid, transition));
  }

  return {
    open,

    /** Goes back one: cell, map, layer, overview. */
    close() {
      isBack = true;
      if (opened.value.kind !== 'overview') open(viewBehind(store, opened.value));
      isBack = false;
    },

    /** Whether the step under way goes back. */
    isGoingBack: () => isBack,

    /** @param {(update: () => void) => void} show  calls `update` once, soon */
    setTransition(show) {
      transition = show;
    },

    /** @param {Position | null} position */
    pointAt(position) {
      const now = hover.value;
      const isSame =
        now?.layer === position?.layer &&
        now?.channel === position?.channel &&
        now?.row === position?.row &&
        now?.column === position?.column;
      if (!isSame) hover.value = position;
    },

    /** Opens the layer before (-1) or behind (1) the open one, in the order of the network. @param {1 | -1} step */
    openNeighbour(step) {
      const now = opened.value;
      const layer = 'layer' in now ? graphOf(store.layers.value).beside(now.layer, step) : null;
      if (layer && layer.inputs.length > 0) open({ kind: 'layer', layer: layer.name });
    },

    /** Keeps a pixel of the input, of which it is shown what it reaches; null: none. @param {Pixel | null} next */
    choosePixel: (next) => void (pixel.value = next),

    /** Keeps a pixel, or lets it go if it is the one that is kept. @param {Pixel} next */
    togglePixel({ row, column }) {
      const isSame = pixel.value?.row === row && pixel.value.column === column;
      pixel.value = isSame ? null : { row, column };
    },

    /** @param {boolean} isShown */
    showField: (isShown) => void (sees.value = isShown ? 'field' : ''),

    /** @param {boolean} isLarge */
    enlargePatches: (isLarge) => void (looks.value = isLarge ? 'large' : ''),

    /** @param {import('../../core/range.js').RangeMode} mode */
    setRangeMode(mode) {
      rangeMode.value = mode;
    },

    /** Zooms in (+1), out (−1), or back to where all fits (0). @param {number} step */
    zoomBy(step) {
      const index = ZOOMS.indexOf(zoom.value) + step;
      zoom.value = step === 0 ? 1 : (ZOOMS[Math.max(0, Math.min(ZOOMS.length - 1, index))] ?? 1);
    },
  };
}
