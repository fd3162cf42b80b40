import { zoomBy } from '../state/actions.js';

/** So much turning of the wheel is one step of zoom; a pinch on a touchpad is a wheel with Ctrl. */
const TURN_PX = 50;
const LINE_PX = 16;
/** A press that moves less than this is a click. */
const STILL_PX = 3;
/** What takes the pointer, or the space bar, itself. */
const CONTROLS = 'button, a, input, select, textarea, layer-picture, drawing-surface';

/** @param {EventTarget | Element | null} target */
const isControl = (target) => target instanceof Element && target.closest(CONTROLS) !== null;

/**
 * The window onto a zoomed network: dragged by its empty ground, or anywhere with the space bar or
 * the middle button held; Ctrl and the wheel zoom around the pointer.
 */
export class FlowScroller extends HTMLElement {
  /** @type {AbortController | null} */ #listening = null;
  /** @type {{x: number, y: number, left: number, top: number} | null} */ #from = null;
  #turned = 0;
  #hasHand = false;

  connectedCallback() {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.addEventListener('wheel', (event) => this.#turn(event), { signal, passive: false });
    this.addEventListener('pointerdown', (event) => this.#press(event), { signal, capture: true });
    this.addEventListener('pointermove', (event) => this.#drag(event), { signal });
    this.addEventListener('pointerup', () => this.#release(), { signal });
    this.addEventListener('pointercancel', () => this.#release(), { signal });
    addEventListener('keydown', (event) => this.#takeHand(event), { signal });
    addEventListener('keyup', ({ key }) => key === ' ' && this.#setHand(false), { signal });
    addEventListener('blur', () => this.#setHand(false), { signal });
  }

  disconnectedCallback() {
    this.#listening?.abort();
  }

  get #isOverfull() {
    return this.scrollWidth > this.clientWidth || this.scrollHeight > this.clientHeight;
  }

  /** @param {WheelEvent} event */
  #turn(event) {
    const flow = this.firstElementChild;
    if (!event.ctrlKey || !(flow instanceof HTMLElement) || flow.dataset.mode !== 'overview')
      return;
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
    zoomBy(step);
    const follow = () => {
      const now = picture.getBoundingClientRect();
      this.scrollLeft += now.left + across * now.width - x;
      this.scrollTop += now.top + down * now.height - y;
    };
    follow();
    requestAnimationFrame(follow);
  }

  /** @param {PointerEvent} event */
  #press(event) {
    const isHand = this.#hasHand || event.button === 1;
    const isMine = isHand || (event.button === 0 && !isControl(event.target));
    if (!isMine || event.pointerType === 'touch' || !this.#isOverfull) return;
    event.preventDefault();
    event.stopPropagation();
    this.setPointerCapture(event.pointerId);
    const { clientX: x, clientY: y } = event;
    this.#from = { x, y, left: this.scrollLeft, top: this.scrollTop };
  }

  /** @param {PointerEvent} event */
  #drag({ clientX, clientY }) {
    if (!this.#from) return;
    const [x, y] = [clientX - this.#from.x, clientY - this.#from.y];
    if (Math.hypot(x, y) >= STILL_PX) this.classList.add('is-panning');
    this.scrollLeft = this.#from.left - x;
    this.scrollTop = this.#from.top - y;
  }

  #release() {
    this.#from = null;
    this.classList.remove('is-panning');
  }

  /** @param {KeyboardEvent} event */
  #takeHand(event) {
    const isFree = !isControl(document.activeElement) && this.matches(':hover');
    if (event.key !== ' ' || !isFree || !this.#isOverfull) return;
    event.preventDefault();
    this.#setHand(true);
  }

  /** @param {boolean} hasHand */
  #setHand(hasHand) {
    this.#hasHand = hasHand;
    this.classList.toggle('has-hand', hasHand);
  }
}

customElements.define('flow-scroller', FlowScroller);
