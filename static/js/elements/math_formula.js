/** @type {Promise<typeof import('katex').default> | null} */
let loading = null;

/** Loads the typesetter and its style sheet, once, when the first formula is shown or will be. */
export function loadKatex() {
  if (!loading) {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = new URL('../../css/components/katex.css', import.meta.url).href;
    document.head.append(sheet);
    loading = import('katex').then((module) => module.default);
  }
  return loading;
}

/**
 * A typeset formula, broken into lines between its terms where it is too long. `tex` is its LaTeX,
 * `label` what a screen reader says of it; until the typesetter is there it shows the label, of several lines
 * with the same one the first. A part
 * in \\htmlData{term=3}{…} is a term: `term` (detail 3 or null) tells which one is pointed at, `lit`
 * is the one that is highlighted.
 */
export class MathFormula extends HTMLElement {
  #tex = '';
  #label = '';
  #shown = '';
  #line = document.createElement('span');
  /** @type {number | null} */ #lit = null;
  /** @type {number | null} */ #under = null;

  constructor() {
    super();
    this.addEventListener('pointerover', ({ target }) => this.#point(target));
    this.addEventListener('pointerleave', () => this.#point(null));
  }

  connectedCallback() {
    this.#line.className = 'formula-line';
    this.setAttribute('role', 'math');
    this.append(this.#line);
    void this.#show();
  }

  get tex() {
    return this.#tex;
  }

  /** @param {string} tex */
  set tex(tex) {
    this.#tex = tex;
    void this.#show();
  }

  /** @param {string} label */
  set label(label) {
    this.#label = label;
    this.setAttribute('aria-label', label);
  }

  get lit() {
    return this.#lit;
  }

  /** @param {number | null} term */
  set lit(term) {
    if (term === this.#lit) return;
    this.#lit = term;
    this.#light();
  }

  /** @param {EventTarget | null} target */
  #point(target) {
    const part = target instanceof Element ? target.closest('[data-term]') : null;
    const detail = part instanceof HTMLElement ? Number(part.dataset.term) : null;
    if (detail === this.#under) return;
    this.#under = detail;
    this.dispatchEvent(new CustomEvent('term', { detail }));
  }

  #light() {
    for (const part of this.querySelectorAll('[data-term]')) {
      part.classList.toggle('is-lit', part.getAttribute('data-term') === String(this.#lit));
    }
  }

  #isRepeat() {
    const before = this.previousElementSibling;
    return before instanceof MathFormula && before.#label === this.#label;
  }

  async #show() {
    if (!this.isConnected || !this.#tex || this.#tex === this.#shown) return;
    if (!this.#shown && !this.#isRepeat()) this.#line.textContent = this.#label;
    const katex = await loadKatex();
    if (this.#tex === this.#shown) return;
    this.#shown = this.#tex;
    katex.render(`\\displaystyle ${this.#tex}`, this.#line, {
      throwOnError: false,
      output: 'html',
      // Terms are the one extension in use; without `strict` it is allowed without a warning.
      strict: false,
      trust: ({ command }) => command === '\\htmlData',
    });
    this.#light();
  }
}

customElements.define('math-formula', MathFormula);
