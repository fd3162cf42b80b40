import { watchEnds } from './scroll_ends.js';

/** So much turning of the wheel is one step of zoom; a pinch on a touchpad is a wheel with Ctrl. */
const TURN_PX = 50;
const LINE_PX = 16;
/** A press that moves no further than this is a click. */
const STILL_PX = 3;
/** Two fingers so much further apart, or nearer, are one step of zoom. */
const PINCH = 1.25;
/** What takes the space bar itself, however it came by the focus. */
const WRITING = 'input, select, textarea, drawing-surface';
/** What takes it where the keyboard led there. */
const PRESSED = 'button, a, layer-picture';

/** @param {string} selector */
const hasFocus = (selector) => document.activeElement?.closest(selector) != null;

/** @param {TouchList} touches  two */
function fingers([a, b]) {
  const distance = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
  return {
    distance,
    clientX: (a.clientX + b.clientX) / 2,
    clientY: (a.clientY + b.clientY) / 2,
  };
}

/**
 * The window onto a zoomed network: dragged by whatever is in it, by the middle button and with the
 * space bar held, too; a press that stays where it is remains a click. Ctrl and the wheel, or two
 * fingers, zoom around their place (event `zoom`, detail the step, followed at once).
 */
export class FlowScroller extends HTMLElement {
  /** @type {AbortController | null} */ #listening = null;
  /** @type {{x: number, y: number, left: number, top: number} | null} */
  #from = null;
  #turned = 0;
  #apart = 0;
  #hasHand = false;
  #isPanning = false;
  /** Whether what has the focus got it by the pointer. */
  #isByPointer = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener('wheel', (event) => this.#turn(event), { signal, passive: false });
    this.addEventListener('touchstart', (event) => this.#pinch(event), { signal, passive: false });
    this.addEventListener('touchmove', (event) => this.#pinch(event), { signal, passive: false });
    this.addEventListener('pointerdown', (event) => this.#press(event), { signal, capture: true });
    this.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    this.addEventListener('pointerup', () => this.#release(), { signal });
    this.addEventListener('pointercancel', () => this.#release(), { signal });
    this.addEventListener('click', (event) => this.#swallow(event), { signal, capture: true });
    this.#listenToKeys(signal);
    watchEnds(this, signal);
  }

  /** @param {AbortSignal} signal */
  #listenToKeys(signal) {
    const options = { signal, capture: true };
    addEventListener('pointerdown', () => (this.#isByPointer = true), options);
    addEventListener('keydown', (event) => this.#takeHand(event), options);
    addEventListener('keyup', (event) => this.#letGo(event), options);
    addEventListener('blur', () => this.#setHand(false), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  get #isOverfull() {
    return this.scrollWidth > this.clientWidth || this.scrollHeight > this.clientHeight;
  }

  get #isOverview() {
    const flow = this.firstElementChild;
    return flow instanceof HTMLElement && flow.dataset.mode === 'overview';
  }

  /** @param {WheelEvent} event */
  #turn(event) {
    if (!event.ctrlKey || !this.#isOverview) return;
    event.preventDefault();
    this.#turned += event.deltaY * (event.deltaMode === event.DOM_DELTA_LINE ? LINE_PX : 1);
    if (Math.abs(this.#turned) < TURN_PX) return;
    const step = this.#turned < 0 ? 1 : -1;
    this.#turned = 0;
    this.#zoomAround(event, step);
  }

  /**
   * Zooms, and scrolls so that what was under the pointer still is.
   * @param {{clientX: number, clientY: number}} at
   * @param {number} step
   */
  #zoomAround({ clientX: x, clientY: y }, step) {
    const distance = (/** @type {DOMRect} */ box) => Math.max(box.left - x, x - box.right, 0);
    const [nearest] = [...this.querySelectorAll('layer-picture')]
      .map((picture) => ({ picture, box: picture.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .sort((a, b) => distance(a.box) - distance(b.box));
    if (!nearest) return;
    const { picture, box } = nearest;
    const [across, down] = [(x - box.left) / box.width, (y - box.top) / box.height];
    this.dispatchEvent(new CustomEvent('zoom', { detail: step }));
    const follow = () => {
      const now = picture.getBoundingClientRect();
      this.scrollLeft += now.left + across * now.width - x;
      this.scrollTop += now.top + down * now.height - y;
    };
    follow();
    requestAnimationFrame(follow);
  }

  /** @param {TouchEvent} event */
  #pinch(event) {
    if (event.touches.length !== 2 || !this.#isOverview) return;
    if (event.cancelable) event.preventDefault();
    const { distance, ...middle } = fingers(event.touches);
    if (event.type === 'touchstart') this.#apart = distance;
    const [more, less] = [distance > PINCH * this.#apart, PINCH * distance < this.#apart];
    if (!more && !less) return;
    this.#apart = distance;
    this.#zoomAround(middle, more ? 1 : -1);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const isHand = this.#hasHand || event.button === 1;
    if (event.pointerType === 'touch' || !(isHand || event.button === 0)) return;
    const isBar = event.offsetX > this.clientWidth || event.offsetY > this.clientHeight;
    if (!this.#isOverfull || (event.target === this && isBar)) return;
    if (isHand) {
      event.preventDefault();
      event.stopPropagation();
    }
    const { clientX: x, clientY: y } = event;
    this.#from = { x, y, left: this.scrollLeft, top: this.scrollTop };
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY, pointerId, buttons }) {
    if (!this.#from) return;
    // Let go of outside.
    if (buttons === 0) return void this.#release();
    const [x, y] = [clientX - this.#from.x, clientY - this.#from.y];
    if (!this.#isPanning && Math.hypot(x, y) <= STILL_PX) return;
    if (!this.#isPanning) this.setPointerCapture(pointerId);
    this.#setPanning(true);
    this.scrollLeft = this.#from.left - x;
    this.scrollTop = this.#from.top - y;
  }

  #release() {
    // The click that belongs to the press comes right behind it.
    if (this.#isPanning) setTimeout(() => this.#setPanning(false));
    this.#from = null;
  }

  /** @param {MouseEvent} event */
  #swallow(event) {
    if (!this.#isPanning && !this.#hasHand) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  #takeHand(event) {
    if (/^(Tab|Arrow)/.test(event.key)) this.#isByPointer = false;
    const isTaken = hasFocus(WRITING) || (hasFocus(PRESSED) && !this.#isByPointer);
    if (event.key !== ' ' || isTaken || !this.#isOverfull || !this.matches(':hover')) return;
    event.preventDefault();
    event.stopPropagation();
    this.#setHand(true);
  }

  /** @param {KeyboardEvent} event */
  #letGo(event) {
    if (event.key !== ' ' || !this.#hasHand) return;
    // A button is pressed when the bar comes up.
    event.preventDefault();
    this.#setHand(false);
  }

  /** @param {boolean} isPanning */
  #setPanning(isPanning) {
    this.#isPanning = isPanning;
    this.classList.toggle('is-panning', isPanning);
  }

  /** @param {boolean} hasHand */
  #setHand(hasHand) {
    this.#hasHand = hasHand;
    this.classList.toggle('has-hand', hasHand);
  }
}

customElements.define('flow-scroller', FlowScroller);
