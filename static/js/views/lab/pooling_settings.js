import { html, nothing } from 'lit-html';

import { MOST_LINES } from '../../core/experiment/experiment.js';
import { readSettings } from '../../core/settings.js';
import { keptChoice } from './operation.js';
import { numberField, toggle } from './form_controls.js';
import { remarkId, settingRow, wordsOf } from './setting_row.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @typedef {{id: string, experiment: Experiment, lit: string | null}} Model
 */

/** What is on or off. @type {{field: 'flip_kernel' | 'ceil_mode' | 'count_include_pad', title: string}[]} */
const SWITCHES = [
  {
    field: 'flip_kernel',
    title: 'Turned by 180°: the convolution of mathematics. Without it, what networks compute.',
  },
  {
    field: 'ceil_mode',
    title: 'Rounds the size up: a last window may reach beyond the padding.',
  },
  {
    field: 'count_include_pad',
    title: 'The mean divides by the whole window, its padding included.',
  },
];

/** @param {Model} model @param {readonly string[]} fields @param {Actions} actions */
const switchRows = ({ experiment: { settings }, lit }, fields, actions) =>
  SWITCHES.filter(({ field }) => fields.includes(field)).map(({ field, title }) =>
    settingRow(
      {
        field,
        lit,
        label: '',
        shape: 'is-whole',
        content: toggle({
          label: wordsOf(field),
          title,
          isOn: settings[field] ?? field === 'count_include_pad',
          set: (isOn) => actions.setSettings({ [field]: isOn }),
        }),
      },
      actions,
    ),
  );

/** @param {Model} model @param {Actions} actions */
const divisorRow = ({ id, experiment: { settings }, lit }, actions) =>
  settingRow(
    {
      field: 'divisor_override',
      lit,
      attend: () =>
        actions.remarkOn(
          'divisor_override',
          'divisor override: what each sum is divided by. Empty: the number of values.',
          false,
        ),
      content: numberField({
        label: 'divisor override',
        value: settings.divisor_override ?? null,
        placeholder: 'none',
        describedBy: remarkId(id),
        set: (value) => {
          if (value === 0)
            actions.remarkOn(
              'divisor_override',
              'Nothing divides by 0. Leave it empty or choose another.',
            );
          else if (value !== null && !Number.isInteger(value)) {
            actions.remarkOn('divisor_override', 'The divisor has to be a whole number.');
          } else actions.setSettings({ divisor_override: value });
        },
      }),
    },
    actions,
  );

/** @param {Model} model @param {Actions} actions */
const normRow = ({ id, experiment: { settings }, lit }, actions) =>
  settingRow(
    {
      field: 'norm_type',
      lit,
      attend: () =>
        actions.remarkOn(
          'norm_type',
          'norm type p: (Σ xᵖ)^(1/p). 1 is the sum; the larger p is, the nearer to the maximum.',
          false,
        ),
      content: numberField({
        label: 'norm type',
        value: settings.norm_type ?? 2,
        least: 0.1,
        step: 'any',
        describedBy: remarkId(id),
        set: (value) => {
          if (value !== null && value > 0) actions.setSettings({ norm_type: value });
          else actions.remarkOn('norm_type', 'norm type has to be a number above 0.');
        },
      }),
    },
    actions,
  );

/** @param {Model} model @param {Actions} actions */
function outputSizeRow({ id, experiment: { settings, input }, lit }, actions) {
  const [height, width] = readSettings(settings).outputSize ?? [1, 1];
  const size = [height ?? input.shape[1], width ?? input.shape[2]];
  const field = (/** @type {0 | 1} */ side, /** @type {string} */ label) =>
    numberField({
      label,
      value: size[side],
      least: 1,
      most: MOST_LINES,
      describedBy: remarkId(id),
      set: (value) => {
        if (value !== null && Number.isInteger(value) && value >= 1 && value <= MOST_LINES) {
          actions.setSettings({ output_size: side === 0 ? [value, size[1]] : [size[0], value] });
        } else
          actions.remarkOn(
            'output_size',
            `output size goes from 1 to ${MOST_LINES}, whole numbers.`,
          );
      },
    });
  return settingRow(
    {
      field: 'output_size',
      lit,
      content: html`<div class="size-fields">
      ${field(0, 'output height')}<span aria-hidden="true">×</span>${field(1, 'output width')}
    </div>`,
    },
    actions,
  );
}

/**
 * What is on or off, and what only poolings have.
 * @param {Model} model
 * @param {readonly string[]} fields  those that are shown
 * @param {Actions} actions
 */
export function poolingSettings(model, fields, actions) {
  const content = keptChoice(model.id, model.experiment.operation, actions);
  return html`${
    content
      ? settingRow({ field: 'kind', label: 'window gives', lit: null, content }, actions)
      : nothing
  }
  ${fields.includes('output_size') ? outputSizeRow(model, actions) : nothing}
  ${switchRows(model, fields, actions)}
  ${fields.includes('divisor_override') ? divisorRow(model, actions) : nothing}
  ${fields.includes('norm_type') ? normRow(model, actions) : nothing}`;
}
