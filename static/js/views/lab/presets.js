import { html, nothing } from 'lit-html';

import { kernelStart, MOST_FILTERS } from '../../core/experiment/experiment.js';
import { once } from '../../core/once.js';
import { icon } from '../button.js';

/**
 * @import {Experiment, Values} from '../../core/experiment/experiment.js'
 * @import {Layout} from '../../core/experiment/weight_layout.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {NamedKernel} from '../../core/experiment/filters.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {{id: string, named: readonly NamedKernel[], trained: Values | null, error: string | null}} PresetsModel
 */

/** @param {string} lab  the id of the Lab */
const panelId = (lab) => `${lab}-presets`;

/**
 * A kernel, (K_h, K_w), in small: the same object every time, so that it is painted once.
 * @type {(kernel: Values) => Picture}
 */
const pictureOf = once(({ shape: [rows, columns], data }) => ({
  rows,
  columns,
  values: Float32Array.from(data),
  palette: 'weight',
}));

/** The trained kernels, (32, 1, K_h, K_w), one by one. @type {(trained: Values) => Values[]} */
const trainedKernels = once(({ shape: [count, , height, width], data }) => {
  const area = height * width;
  return Array.from({ length: count }, (_, filter) => ({
    shape: [height, width],
    data: data.slice(filter * area, (filter + 1) * area),
  }));
});

/**
 * Does what a button is for, and closes the panel that it is in.
 * @param {() => void} act
 * @returns {(event: Event) => void}
 */
const choosing =
  (act) =>
  ({ target }) => {
    act();
    const panel = target instanceof Element ? target.closest('[popover]') : null;
    if (panel instanceof HTMLElement) panel.hidePopover();
  };

/**
 * Opens the panel beside the column, or over it where there is no room.
 * @param {ToggleEvent} event
 * @param {Actions} actions
 */
function place({ newState, target }, actions) {
  if (newState !== 'open' || !(target instanceof HTMLElement)) return;
  void actions.loadKernels();
  const button = document.querySelector(`[popovertarget=${target.id}]`);
  const column = button?.closest('.lab-column');
  if (!button || !column) return;
  const [box, edge] = [button.getBoundingClientRect(), column.getBoundingClientRect()];
  const isBeside = edge.right + 340 < innerWidth;
  const left = isBeside ? edge.right + 8 : Math.max(8, box.right - 324);
  target.style.setProperty('--left', `${left}px`);
  target.style.setProperty('--top', `${isBeside ? 56 : 8}px`);
}

/**
 * What the kernel is called: the name of a preset, or that it is one's own.
 * @param {PresetsModel} presets
 * @param {Experiment} experiment
 * @param {Layout} layout
 * @param {number} filter
 * @param {number} channel
 */
function nameOf({ named }, { weight }, layout, filter, channel) {
  const [height, width] = layout.kernelSize;
  const start = kernelStart(layout, filter, channel);
  const same = named.find(
    ({ kernel: { shape, data } }) =>
      shape[0] === height &&
      shape[1] === width &&
      data.every((value, cell) => Math.abs(value - weight.data[start + cell]) < 1e-12),
  );
  return same?.title ?? 'Own numbers';
}

/**
 * The button that says which kernel it is and opens the others.
 * @param {PresetsModel} presets
 * @param {Experiment} experiment
 * @param {Layout} layout
 * @param {number} filter
 * @param {number} channel
 */
export function presetsButton(presets, experiment, layout, filter, channel) {
  const name = nameOf(presets, experiment, layout, filter, channel);
  return html`<button
    type="button"
    class="button is-small presets-open"
    popovertarget=${panelId(presets.id)}
    aria-label=${`Kernel: ${name}. Choose another`}
  >
    ${name}${icon('chevron-down')}
  </button>`;
}

/** @param {NamedKernel} named @param {number | null} filter @param {Actions} actions */
const presetButton = ({ title, line, kernel }, filter, actions) => html`<button
  type="button"
  class="preset"
  @click=${choosing(() => actions.setKernelPreset(kernel, filter))}
>
  <value-picture .model=${pictureOf(kernel)}></value-picture>
  <span class="preset-words"><strong>${title}</strong><span>${line}</span></span>
</button>`;

/** @param {Values} trained @param {number | null} filter @param {Actions} actions */
function trainedGrid(trained, filter, actions) {
  const kernels = trainedKernels(trained);
  const firsts = Array.from({ length: MOST_FILTERS }, (_, number) => number);
  return html`<div class="preset-head">
      <h3>From the trained network</h3>
      <button
        type="button"
        class="button is-small"
        title="The first eight trained filters side by side"
        @click=${choosing(() => actions.takeTrained(firsts))}
      >
        Take the first ${MOST_FILTERS}
      </button>
    </div>
    <p class="panel-line">The ${kernels.length} filters of conv1, as training left them.</p>
    <div class="preset-trained">
      ${kernels.map(
        (kernel, number) => html`<button
          type="button"
          class="button is-picture"
          aria-label=${`Trained filter ${number}`}
          title=${`Trained filter ${number}`}
          @click=${choosing(() => actions.setKernelPreset(kernel, filter))}
        >
          <value-picture .model=${pictureOf(kernel)}></value-picture>
        </button>`,
      )}
    </div>`;
}

/**
 * Kernels with a name, each with a line on what it does, and those of the trained network.
 * @param {PresetsModel} presets
 * @param {number} filter
 * @param {Layout} layout
 * @param {Actions} actions
 */
export function presetsPanel({ id, named, trained, error }, filter, { outChannels }, actions) {
  const target = outChannels > 1 ? filter : null;
  return html`<div
    class="presets"
    id=${panelId(id)}
    popover="auto"
    role="dialog"
    aria-label="Choose a kernel"
    @toggle=${(/** @type {ToggleEvent} */ event) => place(event, actions)}
  >
    <div class="preset-head"><h3>${target === null ? 'Kernel' : `Kernel of filter ${filter}`}</h3></div>
    ${error ? html`<p class="field-error" role="alert">${error}</p>` : nothing}
    ${
      named.length === 0 && !error
        ? html`<p class="panel-line">Fetching the kernels …</p>`
        : html`<div class="preset-list">${named.map((one) => presetButton(one, target, actions))}</div>`
    }
    ${trained ? trainedGrid(trained, target, actions) : nothing}
  </div>`;
}
