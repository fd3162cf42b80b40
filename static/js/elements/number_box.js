import { exactText, typedNumber } from '../core/input/typed_number.js';

/**
 * A field for one number; null: it is empty. `step` is 'any' where fractions are typed.
 * @typedef {{label: string, value: number | null, least?: number, most?: number,
 *   step?: number | 'any', placeholder?: string, title?: string, describedBy?: string,
 *   isRefused?: boolean}} Box
 */

/** @param {number | null} value */
const textOf = (value) => (value === null ? '' : exactText(value));

/**
 * A number in a field. Events: `set` (detail the number, or null where the field is empty), and `amend`, where
 * something is typed into what is refused. What is being typed is not overwritten, nor what is refused; else
 * what is not taken gives way to what holds.
 */
export class NumberBox extends HTMLElement {
  #input = document.createElement('input');
  /** @type {Box | null} */ #box = null;
  #isTyped = false;
  #isAmended = false;

  constructor() {
    super();
    this.#input.className = 'number-field';
    this.#input.type = 'number';
    this.#input.addEventListener('input', () => this.#type());
    this.#input.addEventListener('change', () => this.#set());
    // What was typed back to where it stood is no change, but no longer what was refused.
    this.#input.addEventListener('blur', () => this.#isAmended && this.#set());
  }

  connectedCallback() {
    this.append(this.#input);
  }

  get box() {
    return this.#box;
  }

  /** @param {Box | null} box */
  set box(box) {
    const before = this.#box;
    this.#box = box;
    if (!box) return;
    const input = this.#input;
    input.ariaLabel = box.label;
    input.title = box.title ?? '';
    input.min = String(box.least ?? '');
    input.max = String(box.most ?? '');
    input.step = String(box.step ?? 1);
    input.placeholder = box.placeholder ?? '';
    if (box.describedBy) input.setAttribute('aria-describedby', box.describedBy);
    else input.removeAttribute('aria-describedby');
    input.ariaInvalid = box.isRefused ? 'true' : null;
    const isSame = before?.label === box.label && before.value === box.value;
    if (!(box.isRefused && isSame)) this.#show();
  }

  #type() {
    this.#isTyped = true;
    if (!this.#box?.isRefused) return;
    this.#isAmended = true;
    this.dispatchEvent(new CustomEvent('amend'));
  }

  #show() {
    const text = textOf(this.#box?.value ?? null);
    if (!this.#isTyped && this.#input.value !== text) this.#input.value = text;
  }

  #set() {
    if (!this.#isTyped) return;
    // A field of numbers that holds something else is empty to scripts.
    const isWrong = this.#input.validity.badInput;
    const value = isWrong ? NaN : typedNumber(this.#input.value);
    this.#isTyped = false;
    this.#isAmended = false;
    this.dispatchEvent(new CustomEvent('set', { detail: value }));
    // By the second frame what was taken stands here, too.
    requestAnimationFrame(() => requestAnimationFrame(() => this.#box?.isRefused || this.#show()));
  }
}

customElements.define('number-box', NumberBox);
