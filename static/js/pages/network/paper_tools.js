import '../../elements/crop_frame.js';
import { html, nothing } from 'lit-html';

import { changedClasses } from '../../core/changed_classes.js';
import { WHOLE } from '../../core/drawing/crop.js';
import { UNALTERED } from '../../core/drawing/strokes.js';
import { toolOn } from '../../state/network/drawing.js';
import { createBaseline } from '../../state/network/baseline.js';
import { paperTools } from '../../views/paper_tools.js';

/**
 * @import {Crop} from '../../core/drawing/crop.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** How many classes are compared: a fixed number, so that nothing below them moves. */
const LISTED = 4;

/** What of the photograph on the paper is read. @param {Network} network */
export function paperCrop({ signals: { drawing, outline, preparation }, actions }) {
  const { base } = drawing.value;
  const known = outline.value;
  if (base?.kind !== 'photo' || !base.paint || known?.preparation !== 'photo') return nothing;
  const crop = preparation.value.part ?? WHOLE;
  const model = { crop, picture: base.paint.size, input: known.input_shape.slice(-2) };
  const take = (/** @type {CustomEvent<{crop: Crop, at: number}>} */ { detail }) =>
    actions.setPreparation({ part: detail.crop === WHOLE ? undefined : detail.crop }, detail.at);
  return html`<crop-frame .model=${model} @crop=${take}></crop-frame>`;
}

/** Keeps in step what can be tried on the drawing, and what that changes. @param {import('./instance.js').NetworkInstance} instance */
export function startPaperTools(instance) {
  const { network } = instance;
  const { brush, drawing, forward, outline } = network.signals;
  const baseline = createBaseline(network);
  instance.atEnd(baseline.stop);
  instance.effect(() => {
    instance.host.classList.toggle('reads-photos', outline.value?.preparation === 'photo');
  });
  /** What was opened stays open. */
  let isOpen = false;
  instance.render(
    () => {
      const { altered, base } = drawing.value;
      const isTouched = baseline.isTouched.value;
      const now = forward.value?.tensors.get('probabilities')?.data;
      const before = isTouched ? baseline.before.value : now;
      isOpen ||= altered !== undefined;
      return {
        altered: altered ?? UNALTERED,
        isAltered: altered !== undefined,
        tool: base?.kind === 'photo' ? toolOn(brush.value.tool, base) : null,
        isOpen,
        isTouched,
        changed:
          before && now && (isTouched || base?.kind === 'photo')
            ? changedClasses(before, now, outline.value?.classes ?? [], LISTED)
            : [],
      };
    },
    (model) => paperTools(model, network.actions),
    instance.place('tools'),
  );
}
