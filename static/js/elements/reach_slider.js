/**
 * A slider on a fixed scale that ends where what it sets becomes impossible.
 * @typedef {{floor: number, cap: number, least: number, most: number, value: number, name: string,
 *   text: string, shown?: string, describedBy?: string}} Reach  floor…cap: the scale; least…most: what
 *   is possible;
 *   text: the value as it is read aloud
 */

/** @type {Record<string, 1 | -1>} */
const TOWARDS = {
  ArrowRight: 1,
  ArrowUp: 1,
  PageUp: 1,
  ArrowLeft: -1,
  ArrowDown: -1,
  PageDown: -1,
};

/**
 * The possible part of the scale is a slider, the rest a dotted line. Events: `slide` (detail the new
 * value, an integer) and `stop` (detail 1 or −1) where someone tries to go beyond its end.
 */
export class ReachSlider extends HTMLElement {
  #input = document.createElement('input');
  /** @type {Reach | null} */ #reach = null;

  constructor() {
    super();
    this.#input.type = 'range';
    this.#input.step = '1';
    this.#input.addEventListener('input', () => this.#send('slide', this.#input.valueAsNumber));
    this.addEventListener('keydown', (event) => this.#key(event));
    this.addEventListener('pointerdown', (event) => this.#press(event));
  }

  connectedCallback() {
    this.append(this.#input);
  }

  get reach() {
    return this.#reach;
  }

  /** @param {Reach | null} reach */
  set reach(reach) {
    this.#reach = reach;
    if (!reach) return;
    const { floor, cap, least, most, value, name, text, describedBy } = reach;
    const input = this.#input;
    // The ends first: a value beyond them would be cut off.
    input.min = String(least);
    input.max = String(most);
    input.value = String(value);
    input.ariaLabel = name;
    input.ariaValueText = text;
    if (describedBy) input.setAttribute('aria-describedby', describedBy);
    const share = (/** @type {number} */ at) => String((at - floor) / Math.max(1, cap - floor));
    this.style.setProperty('--least', share(least));
    this.style.setProperty('--most', share(most));
    // Up to the middle of the thumb.
    const done = (value - least) / Math.max(1, most - least);
    this.style.setProperty('--filled', `${100 * done}%`);
    this.classList.toggle('is-fixed', least === most);
  }

  /** @param {string} type @param {number} detail */
  #send(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
  }

  /** @param {KeyboardEvent} event */
  #key({ key }) {
    const towards = TOWARDS[key];
    if (!towards || !this.#reach) return;
    const { value, least, most } = this.#reach;
    if (value === (towards > 0 ? most : least)) this.#send('stop', towards);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    if (event.target !== this || !this.#reach) return;
    const box = this.#input.getBoundingClientRect();
    const isBeyond = event.clientX > box.right;
    this.#send('stop', isBeyond ? 1 : -1);
    // A press beyond the end goes as far as it can.
    this.#send('slide', isBeyond ? this.#reach.most : this.#reach.least);
    this.#input.focus();
    event.preventDefault();
  }
}

customElements.define('reach-slider', ReachSlider);
