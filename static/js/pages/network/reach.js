import '../../elements/field_picture.js';
import { nothing } from 'lit-html';
import { computed } from '@preact/signals-core';

import { reachedBox } from '../../core/receptive_field.js';
import { steppedPixel } from '../../elements/field_picture.js';
import { ReachOverlay } from '../../elements/reach_overlay.js';
import { reachView } from '../../views/reach.js';
import { createInputPicture } from './input_picture.js';

/**
 * @import {Pixel} from '../../core/receptive_field.js'
 * @import {NetworkInstance} from './instance.js'
 */

/** Lets arrow keys on the network's picture of the input move the pixel that is kept. @param {NetworkInstance} instance */
function startWalking({ host, living, network }) {
  const { signals, actions } = network;
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const [, rows, columns] = signals.outline.value?.input_shape ?? [];
    const isOnInput =
      event.target instanceof Element && event.target.matches('network-flow [data-layer=input]');
    const from = signals.pixel.value;
    const next = isOnInput && from && steppedPixel(event, from, { rows, columns });
    if (!next) return;
    event.preventDefault();
    event.stopPropagation();
    actions.choosePixel(next);
    actions.pointAt({ layer: 'input', channel: 0, ...next });
  };
  host.addEventListener('keydown', walk, { capture: true, signal: living });
}

/**
 * A pixel as what it reaches in the input.
 * @param {Pixel} pixel
 * @param {import('../../core/graph.js').Outline | null} outline
 */
function itself({ row, column }, outline) {
  const shape = outline?.input_shape ?? [1, 1, 1];
  const box = { top: row, left: column, bottom: row + 1, right: column + 1 };
  return { box, extent: shape.slice(1), shape };
}

/**
 * What a pixel of the input reaches: outlined in the network's picture, and told.
 * @param {NetworkInstance} instance
 * @returns {import('../../state/network/detail.js').Reach}
 */
export function createReach(instance) {
  const { network } = instance;
  const { signals, actions } = network;
  const overlay = new ReachOverlay();
  const { picture } = createInputPicture(network);
  /** The pixel under the pointer, else the one that is kept. */
  const pixel = computed(() => {
    const at = signals.hover.value;
    return at?.layer === 'input' ? { row: at.row, column: at.column } : signals.pixel.value;
  });
  const layers = computed(() => {
    const at = pixel.value;
    return (signals.outline.value?.layers ?? []).flatMap(
      ({ name, receptive_field: field, extent, output_shape: shape }) =>
        at && field && extent ? [{ name, extent, shape, box: reachedBox(field, at, extent) }] : [],
    );
  });
  startWalking(instance);
  instance.effect(() => {
    // Wherever the layers are laid out anew, they are outlined anew.
    void [signals.view.value, signals.zoom.value, signals.unfolded.value, signals.outline.value];
    const at = pixel.value;
    /** @type {[string, import('../../render/reach.js').Reached][]} */
    const reached = layers.value.map((layer) => [layer.name, layer]);
    overlay.model = new Map(at ? [['input', itself(at, signals.outline.value)], ...reached] : []);
  });
  return {
    overlay,
    told() {
      const [shown, at] = [picture.value, pixel.value];
      const isOpen = signals.pixel.value && signals.view.value.kind === 'overview';
      if (!isOpen || !shown || !at) return nothing;
      return reachView({ picture: shown, pixel: at, layers: layers.value }, actions);
    },
  };
}
