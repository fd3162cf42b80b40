import { computed } from '@preact/signals-core';

import { largest } from '../../core/range.js';
import { filmstrip } from '../../views/filmstrip.js';

/** @import {Network} from '../../state/network/network.js' */

/**
 * The preparation's steps of the newest answer, their pictures as tensors.
 * @param {Network} network
 * @param {import('../../state/network/paper.js').Base | null} base  what lies under the strokes
 */
function steps({ signals: { forward } }, base) {
  const answer = forward.value;
  if (!answer) return [];
  const original = base && base.kind !== 'sample' ? base.original : undefined;
  return answer.document.steps.flatMap((/** @type {{name: string, detail: string}} */ step) => {
    const image = answer.tensors.get(`steps.${step.name}`);
    if (original && step.name === 'decoded') return [original];
    return image ? [{ name: step.name, detail: step.detail, image }] : [];
  });
}

/** What ink is once the network's own normalization is done. @param {Network} network */
function fullInk({ signals: { outline } }) {
  const { mean, std } = outline.value?.normalization ?? { mean: [0], std: [1] };
  return largest(mean.map((each, channel) => (1 - each) / std[channel]));
}

/** Keeps in step what becomes of the drawing, below the paper. @param {import('./instance.js').NetworkInstance} instance */
export function startFilmstrip(instance) {
  const { network, prefix } = instance;
  const { drawing, isBusy, isUploading, outline, preparation } = network.signals;
  // A pen move changes the drawing, not what lies under it.
  const base = computed(() => drawing.value.base);
  instance.render(
    () => ({
      steps: steps(network, base.value),
      // A photograph is prepared in one way only, and so are clothes.
      preparation: (outline.value?.preparation ?? 'digit') === 'digit' ? preparation.value : null,
      busy: isBusy.value || isUploading.value,
      fullInk: fullInk(network),
      isPhoto: outline.value?.preparation === 'photo',
      prefix,
    }),
    (model) => filmstrip(model, network.actions),
    instance.place('filmstrip'),
    instance.afterPicture,
  );
}
