import { html, nothing } from 'lit-html';

import { slidersOf } from '../../core/experiment/controls.js';
import { groupSteps } from '../../core/experiment/groups.js';
import { operationOf } from '../../core/operations/registry.js';
import { setDepthMultiplier, setGroups, setSettings } from '../../state/lab/actions.js';
import { remarkOn, setApart } from '../../state/lab/panel.js';
import { paddingModeRow, paddingRow } from './padding_rows.js';
import { section, toggle } from './form_controls.js';
import { poolingSettings } from './pooling_settings.js';
import { remarkLine } from './remark.js';
import { REMARK_ID, attendTo, settingRow, sliderLine, sliderLines } from './setting_row.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/experiment/controls.js').Apart} Apart
 * @typedef {import('../../core/experiment/control_range.js').Field} Field
 * @typedef {{experiment: Experiment, apart: Apart, lit: string | null}} Model
 */

const SLIDERS = ['kernel_size', 'stride', 'dilation', 'output_padding'];

/** Sliders of a pair of numbers. @param {Field} field @param {Model} model */
function pairRow(field, { experiment, apart, lit }) {
  const sliders = slidersOf(experiment, field, apart);
  return settingRow({ field, lit, content: sliderLines(sliders), attend: attendTo(field) });
}

/**
 * From one group (standard) to as many as there are input channels (depthwise), which may take more
 * filters.
 * @param {Model} model
 */
function groupsRow({ experiment, lit }) {
  const { steps, possible, channels, multiplier } = groupSteps(experiment);
  const groups = experiment.settings.groups ?? 1;
  const at = steps.indexOf(groups);
  const set = (/** @type {number} */ index) =>
    possible.includes(steps[index]) ? setGroups(steps[index]) : setDepthMultiplier(multiplier);
  const kind = groups === 1 ? 'standard' : groups === channels ? 'depthwise' : 'grouped';
  const last = steps.length - 1;
  const why =
    channels === 1
      ? 'One input channel is one group. Give the input more channels to divide them.'
      : `groups: standard reads all ${channels} channels with each filter, depthwise one alone. ` +
        `Possible here: ${steps.join(', ')}.`;
  const attend = (isStop = false) => remarkOn('groups', why, isStop);
  const reach = { floor: 0, cap: Math.max(1, last), least: 0, most: last, value: at };
  const words = { name: 'groups', text: `${groups}, ${kind}`, describedBy: REMARK_ID };
  return settingRow({
    field: 'groups',
    lit,
    attend: () => attend(),
    content: html`${sliderLine(
      { ...reach, ...words, shown: String(groups) },
      { slide: set, stop: () => attend(true) },
    )}
      <div class="setting-ends" aria-hidden="true">
        <span class=${groups === 1 ? 'is-now' : ''}>standard</span>
        <span class=${groups === channels && channels > 1 ? 'is-now' : ''}>depthwise</span>
      </div>`,
  });
}

/** @param {Model} model */
function flipRow({ experiment, lit }) {
  return settingRow({
    field: 'flip_kernel',
    lit,
    label: '',
    shape: 'is-whole',
    content: toggle({
      label: 'flip kernel',
      title: 'Turned by 180°: the convolution of mathematics. Without it, what networks compute.',
      isOn: experiment.settings.flip_kernel ?? false,
      set: (flip_kernel) => setSettings({ flip_kernel }),
    }),
  });
}

/** @type {Record<string, (model: Model) => unknown>} */
const ROWS = {
  padding: paddingRow,
  padding_mode: paddingModeRow,
  groups: groupsRow,
  flip_kernel: flipRow,
};

/** Whether height and width are set by themselves. @param {Model} model */
const apartToggle = ({
  apart,
}) => html`<label class="head-toggle" title="Set height and width by themselves">
  <input
    type="checkbox"
    class="head-check"
    .checked=${apart.isApart}
    @change=${(/** @type {Event} */ { target }) =>
      setApart(/** @type {HTMLInputElement} */ (target).checked)}
  />H and W apart
</label>`;

/**
 * Everything that can be set of an operation, and why each thing ends where it does.
 * @param {Model & {remark: import('../../state/lab/panel.js').Remark | null,
 *   notice: {sentence: string} | null}} model
 */
export function settingsSection(model) {
  const { experiment } = model;
  const { fields } = operationOf(experiment);
  const hasPairs = fields.includes('kernel_size');
  return section(
    'Settings',
    html`${fields.map((field) =>
      SLIDERS.includes(field) ? pairRow(/** @type {Field} */ (field), model) : ROWS[field]?.(model),
    )}
    ${poolingSettings(model)}
    ${remarkLine(model)}`,
    hasPairs ? apartToggle(model) : nothing,
  );
}
