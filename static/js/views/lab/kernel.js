import { html } from 'lit-html';

import { kernelStart, layoutOf, MOST_FILTERS } from '../../core/experiment/experiment.js';
import { kernelMap, weightLimit } from './kernel_map.js';
import { numberField, section } from './form_controls.js';
import { presetsButton, presetsPanel } from './presets.js';
import { settingRow, sliderLine } from './setting_row.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Layout} from '../../core/experiment/weight_layout.js'
 * @import {Edit, Place} from '../../elements/cell_editing.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {{
 *   id: string,
 *   experiment: Experiment,
 *   filter: number,
 *   channel: number,
 *   lit: string | null,
 *   marked: Place | null,
 *   error: string | null,
 *   presets: Omit<import('./presets.js').PresetsModel, 'id'>,
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

/** @param {KernelModel} model @param {Layout} layout @param {Actions} actions */
function kernelCells({ experiment: { weight }, filter, channel, marked }, layout, actions) {
  const [rows, columns] = layout.kernelSize;
  const start = kernelStart(layout, filter, channel);
  const { inChannels, outChannels } = layout;
  const name =
    (outChannels > 1 ? `filter ${filter}, ` : '') +
    (inChannels > 1 ? `channel ${channel}, ` : '') +
    'weight';
  const pointAt = (/** @type {Place | null} */ place) =>
    actions.point(place && { side: 'kernel', filter, channel, ...place });
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
      actions.setWeightCell(indexOf(layout, start, detail), detail.value)}
    @refuse=${(/** @type {CustomEvent<string>} */ { detail }) => actions.refuseCell('kernel', detail)}
    @sheet=${(/** @type {CustomEvent<string>} */ { detail }) =>
      actions.pasteKernel(detail, outChannels > 1 ? filter : null)}
    @point=${(/** @type {CustomEvent<Place | null>} */ { detail }) => pointAt(detail)}
  ></number-cells>`;
}

/** @param {KernelModel} model @param {Actions} actions */
function filtersRow({ experiment, lit }, actions) {
  const { outChannels: value } = layoutOf(experiment);
  const ends = { floor: 1, cap: MOST_FILTERS, least: 1, most: MOST_FILTERS };
  return settingRow(
    {
      field: 'out_channels',
      label: 'filters',
      lit,
      content: sliderLine(
        { ...ends, value, name: 'filters', text: String(value) },
        { slide: actions.setFilters },
      ),
    },
    actions,
  );
}

/** @param {KernelModel} model @param {Actions} actions */
function biasRow({ experiment: { bias }, filter, lit }, actions) {
  return settingRow(
    {
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
          if (value === null) actions.addBias(false);
          else actions.setBiasCell(filter, value);
        },
      }),
    },
    actions,
  );
}

/**
 * The kernels: chosen, typed, dragged; how many filters there are, and their bias.
 * @param {KernelModel} given
 * @param {Actions} actions
 */
export function kernelSection(given, actions) {
  const { id, experiment, filter, presets } = given;
  const layout = layoutOf(experiment);
  const model = { ...given, channel: shownChannel(layout, filter, given.channel) };
  const { channel } = model;
  return section(
    id,
    'Kernel',
    html`${filtersRow(model, actions)} ${biasRow(model, actions)}
      ${kernelMap({ id, weight: experiment.weight, layout, filter, channel }, actions)}
      ${kernelCells(model, layout, actions)}
      <p class="field-error" role="alert">${model.error}</p>
      ${presetsPanel({ id, ...presets }, filter, layout, actions)}`,
    presetsButton({ id, ...presets }, experiment, layout, filter, channel),
  );
}

/** What stands there while a pooling is shown. @param {string} id  of the Lab */
export const noKernel = (id) =>
  section(
    id,
    'Kernel',
    html`<p class="panel-line">A pooling has no weights: every window gives what it holds. The kernels wait for the next convolution.</p>`,
  );
