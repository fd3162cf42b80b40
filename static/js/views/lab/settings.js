import { html, nothing } from 'lit-html';

import { slidersOf } from '../../core/experiment/controls.js';
import { groupSteps } from '../../core/experiment/groups.js';
import { operationOf } from '../../core/operations/registry.js';
import { paddingModeRow, paddingRow } from './padding_rows.js';
import { section } from './form_controls.js';
import { poolingSettings } from './pooling_settings.js';
import { remarkLine } from './remark.js';
import { attendTo, remarkId, settingRow, sliderLine, sliderLines } from './setting_row.js';

/**
 * @import {Field} from '../../core/experiment/control_range.js'
 * @import {Apart} from '../../core/experiment/controls.js'
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {{id: string, experiment: Experiment, apart: Apart, lit: string | null}} Model
 */

const SLIDERS = ['kernel_size', 'stride', 'dilation', 'output_padding'];

/** Sliders of a pair of numbers. @param {Field} field @param {Model} model @param {Actions} actions */
function pairRow(field, { id, experiment, apart, lit }, actions) {
  const sliders = slidersOf(experiment, field, apart);
  const content = sliderLines(sliders, remarkId(id), actions);
  return settingRow({ field, lit, content, attend: attendTo(field, actions) }, actions);
}

/**
 * From one group (standard) to as many as there are input channels (depthwise), which may take more
 * filters.
 * @param {Model} model
 * @param {Actions} actions
 */
function groupsRow({ id, experiment, lit }, actions) {
  const { steps, possible, channels, multiplier } = groupSteps(experiment);
  const groups = experiment.settings.groups ?? 1;
  const at = steps.indexOf(groups);
  const set = (/** @type {number} */ index) =>
    possible.includes(steps[index])
      ? actions.setGroups(steps[index])
      : actions.setDepthMultiplier(multiplier);
  const kind = groups === 1 ? 'standard' : groups === channels ? 'depthwise' : 'grouped';
  const last = steps.length - 1;
  const why =
    channels === 1
      ? 'One input channel is one group. Give the input more channels to divide them.'
      : `groups: standard reads all ${channels} channels with each filter, depthwise one alone. ` +
        `Possible here: ${steps.join(', ')}.`;
  const attend = (isStop = false) => actions.remarkOn('groups', why, isStop);
  const reach = { floor: 0, cap: Math.max(1, last), least: 0, most: last, value: at };
  const words = { name: 'groups', text: `${groups}, ${kind}`, describedBy: remarkId(id) };
  return settingRow(
    {
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
    },
    actions,
  );
}

/** @type {Record<string, (model: Model, actions: Actions) => unknown>} */
const ROWS = {
  padding: paddingRow,
  padding_mode: paddingModeRow,
  groups: groupsRow,
};

/** Whether height and width are set by themselves. @param {Model} model @param {Actions} actions */
const apartToggle = (
  { apart },
  actions,
) => html`<label class="head-toggle" title="Set height and width by themselves">
  <input
    type="checkbox"
    class="head-check"
    .checked=${apart.isApart}
    @change=${(/** @type {Event} */ { target }) =>
      actions.setApart(/** @type {HTMLInputElement} */ (target).checked)}
  />H and W apart
</label>`;

/**
 * Everything that can be set of an operation, and why each thing ends where it does.
 * @param {Model & {remark: import('../../core/experiment/control_range.js').Remark | null,
 *   notice: {sentence: string} | null, only: readonly string[] | null}} model  only: the settings that
 *   are shown; null: all
 * @param {Actions} actions
 */
export function settingsSection(model, actions) {
  const { id, experiment, only } = model;
  const fields = operationOf(experiment).fields.filter((field) => only?.includes(field) ?? true);
  const hasPairs = fields.includes('kernel_size');
  return section(
    id,
    'Settings',
    html`${fields.map((field) =>
      SLIDERS.includes(field)
        ? pairRow(/** @type {Field} */ (field), model, actions)
        : ROWS[field]?.(model, actions),
    )}
    ${poolingSettings(model, fields, actions)}
    ${remarkLine(model)}`,
    hasPairs ? apartToggle(model, actions) : nothing,
  );
}
