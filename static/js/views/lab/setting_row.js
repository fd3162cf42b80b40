import { html, nothing } from 'lit-html';

/**
 * @import {Slider} from '../../core/experiment/controls.js'
 * @import {Reach} from '../../elements/reach_slider.js'
 * @import {Actions} from '../../state/lab/lab.js'
 */

/** The id of the line that says why a control ends. @param {string} lab  the id of the Lab */
export const remarkId = (lab) => `${lab}-remark`;

/** @type {Record<string, {text: string, name: string}>} */
const MARKS = {
  height: { text: 'H', name: ' height' },
  width: { text: 'W', name: ' width' },
  top: { text: '↑', name: ' at the top' },
  bottom: { text: '↓', name: ' at the bottom' },
  left: { text: '←', name: ' at the left' },
  right: { text: '→', name: ' at the right' },
};

/** A setting as it is read: PyTorch's word without its underscores. @param {string} field */
export const wordsOf = (field) => field.replaceAll('_', ' ');

/**
 * One setting: its name, what sets it. It lights up with its number in the formulas.
 * @param {object} values
 * @param {string} values.field  in PyTorch's word
 * @param {string | null} values.lit
 * @param {unknown} values.content
 * @param {string} [values.label]
 * @param {string} [values.shape]
 * @param {() => void} [values.attend]  what to say of it once someone looks at it
 * @param {Actions} actions
 */
export function settingRow(values, actions) {
  const { field, lit, content, label = wordsOf(field), shape = '', attend } = values;
  const enter = () => {
    actions.light(field);
    attend?.();
  };
  return html`<div
    class=${`setting ${shape} ${lit === field ? 'is-lit' : ''}`}
    data-setting=${field}
    @pointerenter=${enter}
    @pointerleave=${() => actions.light(null)}
    @focusin=${enter}
    @focusout=${() => actions.light(null)}
  >
    ${label ? html`<span class="setting-label">${label}</span>` : nothing}
    <div class="setting-lines">${content}</div>
  </div>`;
}

/**
 * A slider and its number.
 * @param {Reach} reach
 * @param {{mark?: string, slide: (value: number) => void, stop?: (end: 1 | -1) => void}} values
 */
export function sliderLine(reach, { mark, slide, stop }) {
  return html`<div class="setting-line">
    ${mark ? html`<span class="setting-mark" aria-hidden="true">${mark}</span>` : nothing}
    <reach-slider
      .reach=${reach}
      @slide=${(/** @type {CustomEvent<number>} */ event) => slide(event.detail)}
      @stop=${(/** @type {CustomEvent<1 | -1>} */ event) => stop?.(event.detail)}
    ></reach-slider>
    <span class="setting-value" aria-hidden="true">${reach.shown ?? reach.value}</span>
  </div>`;
}

/**
 * The sliders of one setting, each with its end.
 * @param {readonly Slider[]} sliders
 * @param {string} describedBy  the id of what says why one ends
 * @param {Actions} actions
 */
export function sliderLines(sliders, describedBy, actions) {
  return sliders.map(({ field, part, value, floor, scale, least, most }) => {
    const mark = MARKS[part];
    const name = wordsOf(field) + (mark?.name ?? '');
    const text = value === most ? `${value}, its largest` : String(value);
    return sliderLine(
      { floor, cap: scale, least, most, value, name, text, describedBy },
      {
        mark: mark?.text,
        slide: (next) => actions.setControl(field, part, next),
        stop: (end) => actions.remarkOnEnd(field, part, end, true),
      },
    );
  });
}

/** Says where the sliders of a setting end. @param {string} field @param {Actions} actions */
export const attendTo = (field, actions) => () => actions.remarkOnEnd(field, null, 1, false);
