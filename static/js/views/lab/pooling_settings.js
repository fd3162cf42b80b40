import { html, nothing } from 'lit-html';

import { MOST_LINES } from '../../core/experiment/experiment.js';
import { operationOf } from '../../core/operations/registry.js';
import { readSettings } from '../../core/settings.js';
import { setSettings } from '../../state/lab/actions.js';
import { remarkOn } from '../../state/lab/panel.js';
import { keptChoice } from './operation.js';
import { numberField, toggle } from './form_controls.js';
import { REMARK_ID, settingRow } from './setting_row.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {{experiment: Experiment, lit: string | null}} Model
 */

/** What is on or off. @type {{field: 'ceil_mode' | 'count_include_pad', label: string, title: string}[]} */
const SWITCHES = [
  {
    field: 'ceil_mode',
    label: 'ceil mode',
    title: 'Rounds the size up: a last window may reach beyond the padding.',
  },
  {
    field: 'count_include_pad',
    label: 'count include pad',
    title: 'The mean divides by the whole window, its padding included.',
  },
];

/** @param {Model} model */
const switchRows = ({ experiment, lit }) =>
  SWITCHES.filter(({ field }) => operationOf(experiment).fields.includes(field)).map(
    ({ field, label, title }) =>
      settingRow({
        field,
        lit,
        label: '',
        shape: 'is-whole',
        content: toggle({
          label,
          title,
          isOn: experiment.settings[field] ?? field === 'count_include_pad',
          set: (isOn) => setSettings({ [field]: isOn }),
        }),
      }),
  );

/** @param {Model} model */
const divisorRow = ({ experiment: { settings }, lit }) =>
  settingRow({
    field: 'divisor_override',
    lit,
    attend: () =>
      remarkOn(
        'divisor_override',
        'divisor override: what each sum is divided by. Empty: the number of values.',
        false,
      ),
    content: numberField({
      label: 'divisor override',
      value: settings.divisor_override ?? null,
      placeholder: 'none',
      describedBy: REMARK_ID,
      set: (value) => {
        if (value === 0)
          remarkOn('divisor_override', 'Nothing divides by 0. Leave it empty or choose another.');
        else if (value !== null && !Number.isInteger(value)) {
          remarkOn('divisor_override', 'The divisor has to be a whole number.');
        } else setSettings({ divisor_override: value });
      },
    }),
  });

/** @param {Model} model */
const normRow = ({ experiment: { settings }, lit }) =>
  settingRow({
    field: 'norm_type',
    lit,
    attend: () =>
      remarkOn(
        'norm_type',
        'norm type p: (Σ xᵖ)^(1/p). 1 is the sum; the larger p is, the nearer to the maximum.',
        false,
      ),
    content: numberField({
      label: 'norm type',
      value: settings.norm_type ?? 2,
      least: 0.1,
      step: 'any',
      describedBy: REMARK_ID,
      set: (value) => {
        if (value !== null && value > 0) setSettings({ norm_type: value });
        else remarkOn('norm_type', 'norm type has to be a number above 0.');
      },
    }),
  });

/** @param {Model} model */
function outputSizeRow({ experiment: { settings, input }, lit }) {
  const [height, width] = readSettings(settings).outputSize ?? [1, 1];
  const size = [height ?? input.shape[1], width ?? input.shape[2]];
  const field = (/** @type {0 | 1} */ side, /** @type {string} */ label) =>
    numberField({
      label,
      value: size[side],
      least: 1,
      most: MOST_LINES,
      describedBy: REMARK_ID,
      set: (value) => {
        if (value !== null && Number.isInteger(value) && value >= 1 && value <= MOST_LINES) {
          setSettings({ output_size: side === 0 ? [value, size[1]] : [size[0], value] });
        } else remarkOn('output_size', `output size goes from 1 to ${MOST_LINES}, whole numbers.`);
      },
    });
  return settingRow({
    field: 'output_size',
    lit,
    content: html`<div class="size-fields">
      ${field(0, 'output height')}<span aria-hidden="true">×</span>${field(1, 'output width')}
    </div>`,
  });
}

/**
 * What only poolings have.
 * @param {Model} model
 */
export function poolingSettings(model) {
  const { fields } = operationOf(model.experiment);
  const choice = keptChoice(model.experiment.operation);
  return html`${
    choice
      ? settingRow({ field: 'kind', label: 'window gives', lit: null, content: choice })
      : nothing
  }
  ${fields.includes('output_size') ? outputSizeRow(model) : nothing}
  ${switchRows(model)}
  ${fields.includes('divisor_override') ? divisorRow(model) : nothing}
  ${fields.includes('norm_type') ? normRow(model) : nothing}`;
}
