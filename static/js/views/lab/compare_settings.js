import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { groupSteps, withGroupStep } from '../../core/experiment/groups.js';
import { withOperation, withSettings } from '../../core/experiment/experiment.js';
import { slidersOf, whyNot } from '../../core/experiment/controls.js';
import { OPERATIONS, operationOf } from '../../core/operations/registry.js';
import { withNumber } from '../../core/compare/pairs.js';
import { icon } from '../icon.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {(change: (now: Experiment) => Experiment) => void} Set  how it changes, from what is there
 */

/** @type {Record<string, string>} */
const NUMBERS = {
  kernel_size: 'kernel',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
};

const MODES = /** @type {const} */ (['zeros', 'reflect', 'replicate', 'circular']);

/** What else is set of the compared side. @type {Record<string, (other: Experiment, set: Set) => unknown>} */
const CHOICES = { padding_mode: modeOf, groups: groupsOf, ceil_mode: ceilOf };

/**
 * What can be set of the compared side.
 * @param {object} model
 * @param {Experiment} model.other
 * @param {boolean} model.isTwice
 * @param {boolean} model.canBeTwice
 * @param {Set} model.set
 * @param {(isTwice: boolean) => void} model.setTwice
 * @param {() => void} model.swap
 */
export function otherSettings({ other, isTwice, canBeTwice, set, setTwice, swap }) {
  const { fields } = operationOf(other);
  return html`<div class="compare-settings">
    ${operationRow(other, set)}
    ${fields.flatMap((field) => (field in NUMBERS ? [numberOf(other, field, set)] : []))}
    ${fields.flatMap((field) => CHOICES[field]?.(other, set) ?? [])}
    ${
      canBeTwice
        ? switchOf({ name: 'twice', isOn: isTwice, isPossible: true, set: setTwice })
        : nothing
    }
    <button class="button is-icon compare-swap" type="button" title="Swap A and B" aria-label="Swap A and B" @click=${swap}>
      ${icon('swap')}
    </button>
  </div>
  ${restLine(fields)}`;
}

/**
 * One of several; `name` is what stands beside it, '' nothing.
 * @param {{name: string, label: string, value: string, set: (value: string) => void,
 *   options: readonly {value: string, text: string, refused?: string | null}[]}} model
 */
function selectOf({ name, label, value, options, set }) {
  const choose = (/** @type {Event} */ event) =>
    set(/** @type {HTMLSelectElement} */ (event.target).value);
  const select = html`<select class="compare-select" aria-label=${label} @change=${choose}>
    ${options.map(
      (one) =>
        html`<option
          value=${one.value}
          title=${one.refused ?? nothing}
          ?disabled=${Boolean(one.refused)}
          .selected=${live(one.value === value)}
        >${one.text}</option>`,
    )}
  </select>`;
  return name === ''
    ? select
    : html`<label class="compare-number"><span>${name}</span>${select}</label>`;
}

/**
 * What is on or off.
 * @param {{name: string, isOn: boolean, isPossible: boolean, set: (isOn: boolean) => void}} model
 */
function switchOf({ name, isOn, isPossible, set }) {
  return html`<label class="compare-twice">
    <input
      type="checkbox"
      ?disabled=${!isPossible}
      .checked=${live(isOn)}
      @change=${(/** @type {Event} */ event) => set(/** @type {HTMLInputElement} */ (event.target).checked)}
    />
    ${name}
  </label>`;
}

/** @param {Experiment} other @param {Set} set */
function operationRow(other, set) {
  return selectOf({
    name: '',
    label: 'Operation of B',
    value: other.operation,
    options: OPERATIONS.map(({ name, title }) => ({ value: name, text: title })),
    set: (name) => {
      const operation = OPERATIONS.find((one) => one.name === name);
      if (operation) set((now) => withOperation(now, operation.name));
    },
  });
}

/**
 * One number of the compared side, which ends where it becomes impossible.
 * @param {Experiment} other
 * @param {string} name
 * @param {Set} set
 */
function numberOf(other, name, set) {
  const field = /** @type {import('../../core/experiment/control_range.js').Field} */ (name);
  const [slider] = slidersOf(other, field, { isApart: false, isBySide: false });
  if (!slider) return nothing;
  const change = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    const typed = Number.isFinite(input.valueAsNumber) ? input.valueAsNumber : slider.value;
    const value = Math.min(Math.max(Math.round(typed), slider.least), slider.most);
    input.value = String(value);
    if (value !== slider.value) set((now) => withNumber(now, field, value));
  };
  return html`<label class="compare-number">
    <span>${NUMBERS[name]}</span>
    <input
      type="number"
      min=${slider.least}
      max=${slider.most}
      title=${slider.above}
      .value=${live(String(slider.value))}
      @change=${change}
    />
  </label>`;
}

/** What the padding is filled with. @param {Experiment} other @param {Set} set */
function modeOf(other, set) {
  const { settings } = other;
  return selectOf({
    name: 'mode',
    label: 'padding mode',
    value: settings.padding_mode ?? 'zeros',
    options: MODES.map((value) => {
      const refused = whyNot(other, { ...settings, padding_mode: value });
      return { value, text: value, refused };
    }),
    set: (padding_mode) => set((now) => withSettings(now, { ...now.settings, padding_mode })),
  });
}

/** Only several channels have groups. @param {Experiment} other @param {Set} set */
function groupsOf(other, set) {
  const { steps } = groupSteps(other);
  if (steps.length < 2) return nothing;
  return selectOf({
    name: 'groups',
    label: 'groups',
    value: String(other.settings.groups ?? 1),
    options: steps.map((step) => ({ value: String(step), text: String(step) })),
    set: (step) => set((now) => withGroupStep(now, Number(step))),
  });
}

/** Whether the size is rounded up. @param {Experiment} other @param {Set} set */
function ceilOf(other, set) {
  const { settings } = other;
  const isOn = settings.ceil_mode ?? false;
  return switchOf({
    name: 'ceil mode',
    isOn,
    isPossible: whyNot(other, { ...settings, ceil_mode: !isOn }) === null,
    set: (ceil_mode) => set((now) => withSettings(now, { ...now.settings, ceil_mode })),
  });
}

/** How to set what has no field here. @param {readonly string[]} fields */
function restLine(fields) {
  const rest = fields.filter((field) => !(field in NUMBERS) && !(field in CHOICES));
  if (rest.length === 0) return nothing;
  const names = rest.map((field) => field.replaceAll('_', ' ')).join(', ');
  return html`<p class="side-text">To set ${names} too: swap, set it for A, swap back.</p>`;
}
