import { html, nothing, svg } from 'lit-html';

/** An icon of the sprite, by its name; it says nothing to a screen reader, so its button must. @param {string} name */
export function icon(name) {
  const sprite = document.documentElement.dataset.icons ?? '';
  return svg`<svg class="icon" aria-hidden="true" focusable="false"><use href=${`${sprite}#${name}`}></use></svg>`;
}

/**
 * `name`: what a screen reader calls it, where its content does not say it. `act` is told when.
 * @typedef {{act: (at: number) => void, name?: string, title?: string, shape?: string,
 *   isOff?: boolean, isPressed?: boolean}} Button
 */

/**
 * A button. Where it can do nothing it stays in reach, so that the focus is not lost.
 * @param {unknown} content
 * @param {Button} values
 */
export const button = (content, { act, name, title, shape = '', isOff = false, isPressed }) =>
  html`<button
    class=${`button ${shape}`}
    type="button"
    aria-label=${name ?? nothing}
    title=${title ?? nothing}
    aria-disabled=${isOff ? 'true' : nothing}
    aria-pressed=${isPressed === undefined ? nothing : String(isPressed)}
    @click=${(/** @type {Event} */ event) => !isOff && act(event.timeStamp)}
  >
    ${content}
  </button>`;

/** One of a single icon. @param {string} symbol @param {Button & {name: string}} values */
export const iconButton = (symbol, { shape = '', title, ...values }) =>
  button(icon(symbol), { ...values, title: title ?? values.name, shape: `is-icon ${shape}` });

/**
 * Choices side by side, of which one is pressed.
 * @template T
 * @param {string} label
 * @param {readonly {value: T, text: string, title?: string}[]} options
 * @param {T} value
 * @param {(value: T, at: number) => void} choose
 * @param {string} [shape]
 */
export const pressedChoice = (label, options, value, choose, shape = '') =>
  html`<div class=${`segmented ${shape}`} role="group" aria-label=${label}>
    ${options.map(({ value: own, text, title }) =>
      button(text, { title, isPressed: own === value, act: (at) => choose(own, at) }),
    )}
  </div>`;
