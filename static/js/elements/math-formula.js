/** @type {Promise<typeof import('katex').default> | null} */
let loading = null;

/** Loads the typesetter and its style sheet, once, when the first formula is shown. */
function loadKatex() {
  if (!loading) {
    const sheet = document.createElement('link');
    sheet.rel = 'stylesheet';
    sheet.href = new URL('./katex.min.css', import.meta.resolve('katex')).href;
    document.head.append(sheet);
    loading = import('katex').then((module) => module.default);
  }
  return loading;
}

/**
 * A typeset formula. `tex` is its LaTeX, `label` what a screen reader says of it; until the
 * typesetter is there it shows the label.
 */
export class MathFormula extends HTMLElement {
  #tex = '';
  #label = '';
  #shown = '';
  #line = document.createElement('span');

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

  async #show() {
    if (!this.isConnected || !this.#tex || this.#tex === this.#shown) return;
    if (!this.#shown) this.#line.textContent = this.#label;
    const katex = await loadKatex();
    if (this.#tex === this.#shown) return;
    this.#shown = this.#tex;
    katex.render(this.#tex, this.#line, { throwOnError: false, displayMode: true, output: 'html' });
  }
}

customElements.define('math-formula', MathFormula);
