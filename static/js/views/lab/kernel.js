import { html } from 'lit-html';

import { kernelStart, layoutOf, MOST_FILTERS } from '../../core/experiment/experiment.js';
import { addBias, point, setBiasCell, setFilters, setWeightCell } from '../../state/lab/actions.js';
import { pasteKernel, refuseCell } from '../../state/lab/paste.js';
import { kernelMap, weightLimit } from './kernel_map.js';
import { numberField, section } from './form_controls.js';
import { presetsButton, presetsPanel } from './presets.js';
import { settingRow, sliderLine } from './setting_row.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/experiment/weight_layout.js').Layout} Layout
 * @typedef {import('../../elements/cell_editing.js').Edit} Edit
 * @typedef {import('../../elements/cell_editing.js').Place} Place
 * @typedef {{
 *   experiment: Experiment,
 *   filter: number,
 *   channel: number,
 *   lit: string | null,
 *   marked: Place | null,
 *   error: string | null,
 *   presets: import('./presets.js').PresetsModel,
 * }} KernelModel
 */

/**
 * The input channel whose kernel is shown: the chosen one, or the first that the filter reads.
 * @param {Layout} layout
 * @param {number} filter
 * @param {number} channel
 */
export function shownChannel(layout, filter, channel) {
  if (kernelStart(layout, filter, channel) >= 0) return channel;
  const inside = layout.inChannels / layout.groups;
  return Math.floor(filter / (layout.outChannels / layout.groups)) * inside;
}

/**
 * Where a weight stands along the axes of the whole.
 * @param {Layout} layout
 * @param {number} start  of its kernel
 * @param {Place} place
 * @returns {[number, number, number, number]}
 */
function indexOf(
  { kernelSize: [height, width], isTransposed, inChannels, outChannels, groups },
  start,
  { row, column },
) {
  const second = (isTransposed ? outChannels : inChannels) / groups;
  const kernel = start / (height * width);
  return [Math.floor(kernel / second), kernel % second, row, column];
}

/** @param {KernelModel} model @param {Layout} layout */
function kernelCells({ experiment: { weight }, filter, channel, marked }, layout) {
  const [rows, columns] = layout.kernelSize;
  const start = kernelStart(layout, filter, channel);
  const { inChannels, outChannels } = layout;
  const name =
    (outChannels > 1 ? `filter ${filter}, ` : '') +
    (inChannels > 1 ? `channel ${channel}, ` : '') +
    'weight';
  const pointAt = (/** @type {Place | null} */ place) =>
    point(place && { side: 'kernel', filter, channel, ...place });
  return html`<number-cells
    class="kernel-cells"
    role="group"
    aria-label="Kernel, cell by cell"
    title="Type, or drag a cell up and down; the wheel turns the one that has the focus"
    .model=${{
      ...{ rows, columns, name, marked, palette: 'weight', limit: weightLimit(weight.data) },
      values: weight.data.subarray(start, start + rows * columns),
    }}
    @edit=${(/** @type {CustomEvent<Edit>} */ { detail }) =>
      setWeightCell(indexOf(layout, start, detail), detail.value)}
    @refuse=${(/** @type {CustomEvent<string>} */ { detail }) => refuseCell('kernel', detail)}
    @sheet=${(/** @type {CustomEvent<string>} */ { detail }) =>
      pasteKernel(detail, outChannels > 1 ? filter : null)}
    @point=${(/** @type {CustomEvent<Place | null>} */ { detail }) => pointAt(detail)}
  ></number-cells>`;
}

/** @param {KernelModel} model */
function filtersRow({ experiment, lit }) {
  const { outChannels: value } = layoutOf(experiment);
  const ends = { floor: 1, cap: MOST_FILTERS, least: 1, most: MOST_FILTERS };
  return settingRow({
    field: 'out_channels',
    label: 'filters',
    lit,
    content: sliderLine(
      { ...ends, value, name: 'filters', text: String(value) },
      { slide: setFilters },
    ),
  });
}

/** @param {KernelModel} model */
function biasRow({ experiment: { bias }, filter, lit }) {
  return settingRow({
    field: 'bias',
    label: bias && bias.length > 1 ? `bias of ${filter}` : 'bias',
    lit,
    content: numberField({
      label: bias && bias.length > 1 ? `bias of filter ${filter}` : 'bias',
      value: bias ? bias[filter] : null,
      step: 'any',
      placeholder: 'none',
      title: 'Added to every output value. Empty: no bias.',
      set: (value) => {
        if (value === null) addBias(false);
        else setBiasCell(filter, value);
      },
    }),
  });
}

/**
 * The kernels: chosen, typed, dragged; how many filters there are, and their bias.
 * @param {KernelModel} given
 */
export function kernelSection(given) {
  const layout = layoutOf(given.experiment);
  const model = { ...given, channel: shownChannel(layout, given.filter, given.channel) };
  return section(
    'Kernel',
    html`${filtersRow(model)} ${biasRow(model)} ${kernelMap({ weight: model.experiment.weight, layout, filter: model.filter, channel: model.channel })}
      ${kernelCells(model, layout)}
      <p class="field-error" role="alert">${model.error}</p>
      ${presetsPanel(model.presets, model.filter, layout)}`,
    presetsButton(model.presets, model.experiment, layout, model.filter, model.channel),
  );
}

/** What stands there while a pooling is shown. */
export const noKernel = () =>
  section(
    'Kernel',
    html`<p class="panel-line">A pooling has no weights: every window gives what it holds. The kernels wait for the next convolution.</p>`,
  );
