import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { counted } from '../../core/number.js';
import { PHASES } from '../../core/training/update_frame.js';
import { figureOf, layerTitle, memoryText, sentenceOf } from '../../core/training/update_story.js';
import { button, icon, iconButton, pressedChoice } from '../button.js';
import { batchSheet } from './update_batch.js';
import { byChance } from './update_chance.js';
import { kernelPictures } from './update_kernels.js';
import { weightWritten } from './update_weight.js';

/**
 * @import {Frame, Start} from '../../core/training/update_frame.js'
 *
 * @typedef {object} UpdateModel
 * @property {import('../../core/tensor.js').TensorFile | null} answer  null before the first
 * @property {Frame} frame
 * @property {boolean} isPlaying
 * @property {boolean} isAsking
 * @property {number} batchSize  of the recipe
 * @property {string | null} problem
 * @property {Start} start
 * @property {readonly {value: Start, text: string, title?: string}[]} starts
 * @property {number} step
 * @property {number} mostSteps
 * @property {number} product
 * @property {UpdateActions} actions
 *
 * `go`: by so many phases; `seek`: to the end of one; `point`: at one of the largest products.
 * @typedef {{begin: (start: Start) => void, take: (step: number) => void, toggle: () => void,
 *   seek: (phase: number) => void, go: (by: number) => void, lookInto: (layer: string) => void,
 *   choose: (index: readonly number[]) => void, point: (product: number) => void}} UpdateActions
 */

const TITLES = { forward: 'Forward', loss: 'Loss', backward: 'Backward', step: 'Step' };

/** Where the training starts, and which of its updates is seen. @param {UpdateModel} model */
function controls({ start, starts, step, mostSteps, actions }) {
  return html`<div class="update-controls">
    <span class="update-name">Start</span>
    ${pressedChoice('Start', starts, start, actions.begin)}
    <div class="update-steps" role="group" aria-label="Update">
      <span class="update-name">Update</span>
      ${iconButton('chevron-left', { name: 'The update before', isOff: step <= 1, act: () => actions.take(step - 1) })}
      <output class="update-step" aria-live="polite">${step}</output>
      ${button('Next update', { isOff: step >= mostSteps, title: step >= mostSteps ? `The first ${mostSteps} are shown.` : '', act: () => actions.take(step + 1) })}
    </div>
  </div>`;
}

/** What is computed, as long as there is nothing to show yet. @param {UpdateModel} model */
function waiting({ start, step, batchSize }) {
  const images = start === 'moment' ? 'the batch’s images' : counted(batchSize, 'image');
  return html`<section class="update-story update-wait" role="status">
    <ol class="update-chain" aria-hidden="true">
      ${['images', 'forward', 'loss', 'backward', 'step'].map((name) => html`<li class="update-layer is-end"><span>${name}</span></li>`)}
    </ol>
    <p class="update-sentence">
      Update ${step} is being computed: ${images} forward, the loss, the gradients backward, and the
      optimizer’s step, once by PyTorch and once by our own sums.
    </p>
  </section>`;
}

/** The phases: playing, one by one, or chosen. @param {UpdateModel} model */
function phases({ frame, isPlaying, actions }) {
  const last = PHASES.length - 1;
  return html`<div class="update-phases" role="group" aria-label="Playing">
    <button class="button is-primary transport-play" type="button" @click=${() => actions.toggle()}>
      ${icon(isPlaying ? 'pause' : 'play')} <span>${isPlaying ? 'Pause' : 'Play'}</span>
    </button>
    ${iconButton('chevron-left', { name: 'One phase back', isOff: frame.index === 0, act: () => actions.go(-1) })}
    ${pressedChoice(
      'Phase',
      PHASES.map((phase, value) => ({ value, text: TITLES[phase] })),
      frame.index,
      actions.seek,
    )}
    ${iconButton('chevron-right', { name: 'One phase on', isOff: frame.index === last, act: () => actions.go(1) })}
  </div>`;
}

/** The network, one mark a layer, as far as the phase has come. @param {any} told @param {Frame} frame */
function chain(told, frame) {
  return html`<ol class="update-chain" data-phase=${frame.phase} aria-label="The network">
    <li class="update-layer is-passed is-end"><span>images</span></li>
    ${told.layers.map(
      (/** @type {any} */ layer, /** @type {number} */ index) => html`<li
        class=${`update-layer ${frame.layers[index]} ${layer.gradient_norm === null ? '' : 'is-learning'} ${layer.is_frozen ? 'is-frozen' : ''}`}
        title=${layerTitle(layer)}
      >
        <span>${layer.name}</span>
        <span class="update-figure">${frame.layers[index] === '' ? nothing : figureOf(layer, frame.phase)}</span>
      </li>`,
    )}
    <li class=${`update-layer is-end ${frame.isLossLit ? 'is-lit' : frame.phase === 'forward' ? '' : 'is-passed'}`}>
      <span>loss</span>
    </li>
  </ol>`;
}

/** What the figures below the layers are. */
const FIGURES = {
  forward: 'Below each layer: how large its values are (root mean square).',
  loss: '',
  backward:
    'Below each layer: how long the gradient by its weights is, or how large that by its values.',
  step: 'Below each layer that learns: how far its weights move.',
};

/** @param {UpdateModel} model @param {import('../../core/tensor.js').TensorFile} answer */
function story(model, { document: told, tensors }) {
  const { frame } = model;
  const batch = {
    losses: values(tensors, 'losses'),
    logits: values(tensors, 'logits'),
  };
  return html`<section class="update-story" aria-label="What happens">
    ${phases(model)} ${chain(told, frame)}
    <p class="update-sentence" aria-live="polite">${sentenceOf(frame.phase, told, batch)}</p>
    <p class="note">${FIGURES[frame.phase]}${told.layers.some((/** @type {any} */ layer) => layer.is_frozen) ? ' A dashed edge: frozen, its weights stay as they are.' : nothing}${frame.phase === 'step' ? memoryText(model.start, told.recipe.optimizer) : nothing}</p>
  </section>`;
}

/** @param {Map<string, import('../../core/tensor.js').Tensor>} tensors @param {string} name */
const values = (tensors, name) => tensors.get(name)?.data ?? new Float32Array();

/** Which layer is looked into. @param {any} told @param {UpdateModel['actions']} actions */
function layerChoice(told, actions) {
  const chosen = (/** @type {Event} */ { target }) =>
    actions.lookInto(/** @type {HTMLSelectElement} */ (target).value);
  return html`<label class="update-layer-choice"
    >Layer
    <select class="field-select" @change=${chosen}>
      ${told.learning.map(
        (/** @type {string} */ name) =>
          html`<option value=${name} .selected=${live(name === told.cell.layer)}>${name}</option>`,
      )}
    </select></label
  >`;
}

/** One update of a training. @param {UpdateModel} model */
export function updateView(model) {
  const { answer, problem, product, actions } = model;
  return html`${controls(model)}
  ${problem ? html`<p class="field-error update-problem" role="alert">${problem}</p>` : nothing}
  ${
    answer
      ? html`<div class=${`update-body ${model.isAsking ? 'is-waiting' : ''}`} aria-busy=${model.isAsking}>
          ${story(model, answer)}
          <div class="update-parts">
            ${batchSheet(answer, product)}
            <section class="update-kernels" aria-label="Kernels">
              <div class="update-line">
                <h2 class="train-part-title">Kernels before and after</h2>
                ${layerChoice(answer.document, actions)}
              </div>
              ${kernelPictures(answer, actions.choose)}
            </section>
          </div>
          ${byChance(answer, product)} ${weightWritten(answer, product, actions.point)}
        </div>`
      : model.isAsking && !problem
        ? waiting(model)
        : nothing
  }`;
}
