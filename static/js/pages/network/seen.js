import '../../elements/field_picture.js';
import { nothing } from 'lit-html';
import { computed } from '@preact/signals-core';

import { graphOf } from '../../core/graph.js';
import { seesNothing } from '../../core/layers/sees_nothing.js';
import { boxStatus } from '../../core/receptive_field.js';
import { boxOf } from '../../state/network/detail.js';
import { createEffectiveField, keyOf } from '../../state/network/effective_field.js';
import { createPatches } from '../../state/network/patches.js';
import { aroundOf, patchesBefore, patchesView } from '../../views/patches.js';
import { seenView } from '../../views/seen.js';
import { createInputPicture } from './input_picture.js';

/**
 * @import {Box, BoxStatus} from '../../core/receptive_field.js'
 * @import {PixelPicture} from '../../render/field_picture.js'
 * @import {Layer, Position} from '../../state/network/store.js'
 * @import {Detail} from '../../state/network/detail.js'
 * @import {NetworkInstance} from './instance.js'
 * @typedef {NetworkInstance['network']['signals']} Signals
 */

/** What the images are that were looked through, by what the network was trained on. @type {Record<string, string>} */
const IMAGES = { digit: 'the test digits', clothes: 'the test clothes', photo: 'the photographs' };

/** No part of a picture. @type {Box} */
const NOWHERE = { top: 0, left: 0, bottom: 0, right: 0 };

/** Whether a value is the same whatever the picture is. @param {Signals} signals @param {Position} at */
const isBlind = ({ layers, activations, weights }, at) =>
  seesNothing(graphOf(layers.value), activations.value, weights.value, at);

/** How many pixels of a picture are in a box. @param {Box} box @param {PixelPicture} picture */
const pixelsIn = ({ top, left, bottom, right }, { rows, columns }) =>
  Math.max(0, Math.min(rows, bottom) - Math.max(0, top)) *
  Math.max(0, Math.min(columns, right) - Math.max(0, left));

/**
 * What a network's values see of the picture, and what its units look for, fetched when something is opened.
 * @param {NetworkInstance} instance
 * @param {Detail} detail
 * @returns {import('../../state/network/detail.js').Seen}
 */
export function createSeen(instance, detail) {
  const { network } = instance;
  const { signals, actions } = network;
  const asked = createEffectiveField();
  const patches = createPatches(signals);
  const { image, picture } = createInputPicture(network);
  const effective = computed(() => {
    const found = asked.effective.value;
    if (!found) return null;
    const [rows, columns] = found.field.shape;
    const limit = found.spread.largest;
    /** @type {PixelPicture} */
    const shown = { rows, columns, planes: [found.field.data], palette: 'gradient', limit };
    return { of: found.of, picture: shown, spread: found.spread };
  });
  instance.effect(() => {
    const at = detail.detail.value?.position;
    const isWanted = signals.sees.value && signals.forward.value?.isExact;
    const of = signals.network.value;
    const shown = isWanted && at && image.value;
    asked.want(shown ? { key: keyOf(of, at), network: of, at, image: shown } : null);
  });

  return {
    /** What the explained value sees, behind its switch. */
    field() {
      const explained = detail.detail.value;
      const [whole, at] = [picture.value, explained?.position];
      if (!whole || !explained || !at) return nothing;
      if (!signals.sees.value) return seenView(null, actions);
      const box = isBlind(signals, at) ? null : boxOf(explained.layer, at);
      const found = effective.value;
      const { receptive_field: known } = explained.layer;
      const size = [whole.rows, whole.columns];
      /** @type {BoxStatus} */
      const status = box ? boxStatus(known ?? { status: 'exact' }, box, size) : 'nothing';
      const model = {
        picture: whole,
        window: aroundOf(box ?? NOWHERE, whole),
        box,
        status,
        pixels: box ? pixelsIn(box, whole) : 0,
        effective: found?.of === keyOf(signals.network.value, at) ? found : null,
        failure: asked.failure.value,
      };
      return seenView(model, actions);
    },

    /**
     * What a unit of a layer looks for, where that is known.
     * @param {Layer} layer
     * @param {number} channel
     */
    patches(layer, channel) {
      if (!patches.has(layer.name)) {
        const [before, ...others] = layer.inputs;
        return others.length === 0 && patches.has(before) ? patchesBefore(before) : nothing;
      }
      const model = {
        layer: layer.name,
        isVolume: layer.output_shape.length === 3,
        found: patches.unitPatches(layer.name, channel),
        of: IMAGES[signals.outline.value?.preparation ?? 'digit'],
        isLarge: signals.looks.value !== '',
      };
      return patchesView(model, actions);
    },
  };
}
