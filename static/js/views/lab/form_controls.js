import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

/**
 * One of several; `refused` says why it cannot be chosen now.
 * @template T
 * @typedef {{value: T, text: string, title?: string, refused?: string | null}} Option
 */

/**
 * Choices side by side, of which one holds.
 * @template T
 * @param {object} values
 * @param {string} values.name  of the group, unique in the page
 * @param {string} values.label
 * @param {readonly Option<T>[]} values.options
 * @param {T} values.value
 * @param {(value: T) => void} values.choose
 * @param {(sentence: string) => void} [values.refuse]  told why a choice is not possible
 * @param {string} [values.shape]  a class that says how they are laid out
 */
export function segments({ name, label, options, value, choose, refuse, shape = '' }) {
  return html`<div class=${`segments ${shape}`} role="radiogroup" aria-label=${label}>
    ${options.map(({ value: own, text, title, refused }) => {
      const change = () => (refused ? refuse?.(refused) : choose(own));
      return html`<label class=${refused ? 'segment is-refused' : 'segment'} title=${refused ?? title ?? nothing}>
        <input
          type="radio"
          name=${name}
          class="segment-input"
          aria-label=${title ?? nothing}
          aria-disabled=${refused ? 'true' : nothing}
          .checked=${live(own === value)}
          @change=${change}
        /><span class="segment-text" data-text=${text}>${text}</span>
      </label>`;
    })}
  </div>`;
}

/**
 * What is on or off.
 * @param {{label: string, title?: string, isOn: boolean, refused?: string | null,
 *   set: (isOn: boolean) => void, refuse?: (sentence: string) => void}} values
 */
export function toggle({ label, title, isOn, refused, set, refuse }) {
  const change = (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (!refused) return set(input.checked);
    input.checked = isOn;
    refuse?.(refused);
  };
  return html`<label class="toggle" title=${refused ?? title ?? nothing}>
    <span class="setting-label">${label}</span>
    <input
      type="checkbox"
      role="switch"
      class="toggle-input"
      aria-disabled=${refused ? 'true' : nothing}
      .checked=${live(isOn)}
      @change=${change}
    />
  </label>`;
}

/**
 * A number in a field of its own.
 * @param {import('../../elements/number_box.js').Box & {set: (value: number | null) => void,
 *   refuse?: () => void, amend?: () => void}} values  set: null, where the field is empty; refuse: where it holds
 *   no number; amend: where something is typed into what is refused
 */
export function numberField({ set, refuse, amend, ...box }) {
  return html`<number-box
    .box=${box}
    @set=${(/** @type {CustomEvent<number | null>} */ { detail }) =>
      Number.isNaN(detail) ? refuse?.() : set(detail)}
    @amend=${amend}
  ></number-box>`;
}

/**
 * A part of the column under a title, what acts on it at the title's end.
 * @param {string} lab  the id of the Lab that it belongs to
 * @param {string} title
 * @param {unknown} content
 * @param {unknown} [tools]
 */
export function section(lab, title, content, tools = nothing) {
  const id = `${lab}-${title.toLowerCase()}`;
  return html`<section class="control-section" aria-labelledby=${id}>
    <div class="control-head"><h2 class="control-title" id=${id}>${title}</h2>${tools}</div>
    ${content}
  </section>`;
}

/** Said where a photograph is looked at, by what is about the grid all the same. */
export const ofGrid = () =>
  html`<p class="side-text">Of the grid in the other views, not of the photograph.</p>`;
