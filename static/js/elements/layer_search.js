import { searchLayers } from '../core/layers/search.js';
import { count, shapeText } from '../core/number.js';
import { PaintedElement } from './canvas_element.js';

/** @import {Layer} from '../core/graph.js' */

/** Results that are listed. */
const MOST = 10;
let made = 0;

/**
 * A field that finds layers by name, kind and shape, with what it finds below it. Event `open`: detail the
 * name of the chosen layer.
 * @extends {PaintedElement<{layers: readonly Layer[]}>}
 */
export class LayerSearch extends PaintedElement {
  #field = document.createElement('input');
  #list = document.createElement('ul');
  #note = document.createElement('p');
  /** @type {readonly Layer[]} */ #found = [];
  #at = 0;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    made += 1;
    const id = `layer-search-${made}`;
    Object.assign(this.#field, {
      type: 'search',
      placeholder: 'Find a layer  /',
      autocomplete: 'off',
    });
    this.#list.id = id;
    const said = {
      role: 'combobox',
      'aria-label': 'Find a layer by name, kind or shape',
      'aria-controls': id,
      'aria-autocomplete': 'list',
      'aria-expanded': 'false',
      spellcheck: 'false',
    };
    for (const [name, text] of Object.entries(said)) this.#field.setAttribute(name, text);
    this.#list.setAttribute('role', 'listbox');
    this.#list.setAttribute('aria-label', 'Layers');
    this.#note.setAttribute('role', 'status');
    const box = document.createElement('div');
    box.className = 'layer-search-found';
    box.append(this.#list, this.#note);
    this.replaceChildren(this.#field, box);
    this.#field.addEventListener('input', () => this.#search(), { signal });
    this.#field.addEventListener('focus', () => this.#search(), { signal });
    this.#field.addEventListener('keydown', (event) => this.#walk(event), { signal });
    this.addEventListener('focusout', () => this.#show([], ''), { signal });
    // A press takes the focus from the field before it is a click.
    box.addEventListener('pointerdown', (event) => event.preventDefault(), { signal });
    this.#list.addEventListener('click', (event) => this.#press(event), { signal });
  }

  /** Leads the keyboard into the field, where that is to be seen. @returns {boolean} whether it is */
  enter() {
    if (!this.#field.checkVisibility()) return false;
    this.#field.focus();
    this.#field.select();
    return true;
  }

  #search() {
    const text = this.#field.value;
    const { layers, count: all } = searchLayers(this.model?.layers ?? [], text, MOST);
    const isNone = text.trim() !== '' && all === 0;
    const more = all > layers.length ? `${count(all - layers.length)} more` : '';
    this.#at = 0;
    this.#show(layers, isNone ? 'No layer has that in its name, kind or shape.' : more);
  }

  /** @param {readonly Layer[]} layers @param {string} note */
  #show(layers, note) {
    this.#found = layers;
    this.#list.replaceChildren(...layers.map((layer, place) => this.#option(layer, place)));
    this.#note.textContent = note;
    this.classList.toggle('is-open', layers.length > 0 || note !== '');
    this.#field.setAttribute('aria-expanded', String(layers.length > 0));
    this.#mark();
  }

  /** @param {Layer} layer @param {number} place */
  #option({ name, kind, output_shape: shape }, place) {
    const option = document.createElement('li');
    option.id = `${this.#list.id}-${place}`;
    option.setAttribute('role', 'option');
    const parts = [name, kind, shapeText(shape)].map((text, index) => {
      const part = document.createElement(index ? 'span' : 'strong');
      part.textContent = text;
      return part;
    });
    option.append(...parts);
    return option;
  }

  /** Marks the result that Enter opens. */
  #mark() {
    for (const [place, option] of [...this.#list.children].entries())
      option.setAttribute('aria-selected', String(place === this.#at));
    const active = this.#list.children[this.#at];
    if (active) this.#field.setAttribute('aria-activedescendant', active.id);
    else this.#field.removeAttribute('aria-activedescendant');
  }

  /** @param {KeyboardEvent} event */
  #walk(event) {
    const last = this.#found.length - 1;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      const step = steps[/** @type {keyof typeof steps} */ (event.key)];
      this.#at = Math.max(0, Math.min(last, this.#at + step));
      this.#mark();
    } else if (event.key === 'Enter') this.#open(this.#found[this.#at]);
    else if (event.key === 'Escape') {
      if (this.#field.value) this.#field.value = '';
      else this.#field.blur();
      this.#search();
    } else return;
    event.preventDefault();
  }

  /** @param {MouseEvent} event */
  #press({ target }) {
    const option = target instanceof Element ? target.closest('[role=option]') : null;
    if (option) this.#open(this.#found[[...this.#list.children].indexOf(option)]);
  }

  /** @param {Layer | undefined} layer */
  #open(layer) {
    if (!layer) return;
    this.#field.value = '';
    this.#show([], '');
    // The field keeps the focus: whoever opens the layer takes it along.
    this.tell('open', layer.name);
  }
}

customElements.define('layer-search', LayerSearch);
