import { PaintedElement } from './canvas_element.js';
import { ValueGrid } from './value_grid.js';

/** Units that carry their numbers, at most. */
const NUMBERED = 512;
/** A cell with a number in it, CSS px: at most, and the least where there is room for lines of sixteen. */
const CELL_PX = 48;
const READABLE_PX = 46;
/** Thousands of values: as many a line as eight maps of 7 have columns, CSS px each at most. */
const SMALL = { columns: 56, cell: 10 };

/**
 * How a vector's units lie in a width: few in one line, more in lines of eight or sixteen, thousands
 * as small cells.
 * @param {number} count
 * @param {number} width  CSS px
 */
function unitLayout(count, width) {
  const most = count > NUMBERED ? SMALL.cell : CELL_PX;
  const isWide = width >= 16 * READABLE_PX;
  const columns = count > NUMBERED ? SMALL.columns : count <= 16 ? count : isWide ? 16 : 8;
  return { columns, cell: Math.max(4, Math.min(most, Math.floor(width / columns))) };
}

/**
 * @typedef {object} UnitsModel
 * @property {Float32Array} values
 * @property {'activation' | 'input'} palette
 * @property {number} limit
 * @property {number | null} selected  the outlined unit
 * @property {readonly string[]} names  below the units, where those are as many and stand in one line
 */

/**
 * A vector's units as a grid that fits its place, each class's name below its unit in a line. Events: `point`
 * (detail the unit under the pointer or null) and `choose` (detail the chosen or walked unit).
 * @extends {PaintedElement<UnitsModel>}
 */
export class UnitGrid extends PaintedElement {
  #grid = new ValueGrid();
  #names = document.createElement('ol');

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.#names.className = 'unit-classes';
    this.#names.setAttribute('aria-hidden', 'true');
    this.#grid.tabIndex = 0;
    this.#grid.setAttribute('interactive', '');
    this.#grid.setAttribute('role', 'application');
    this.#grid.setAttribute('aria-roledescription', 'units');
    this.append(this.#grid, this.#names);
    this.#grid.addEventListener('point', (event) => this.#tell('point', event), { signal });
    this.#grid.addEventListener('choose', (event) => this.#tell('choose', event), { signal });
    this.watchSize(signal);
  }

  /** What a screen reader says of the grid. @param {string} text */
  set label(text) {
    this.#grid.setAttribute('aria-label', text);
  }

  /** @override */
  paint() {
    if (!this.model || this.clientWidth === 0) return;
    const { values: units, palette, limit, selected, names } = this.model;
    const { columns, cell } = unitLayout(units.length, this.clientWidth);
    const rows = Math.ceil(units.length / columns);
    const values = new Float32Array(rows * columns).fill(NaN);
    values.set(units);
    const cursor =
      selected === null
        ? null
        : { row: Math.floor(selected / columns), column: selected % columns };
    const numbers = { isNumbered: true, isApart: true };
    this.#grid.model = { values, rows, columns, cell, palette, limit, ...numbers, cursor };
    const shown = rows === 1 && names.length === units.length ? names : [];
    this.#names.style.width = `${columns * cell}px`;
    this.#names.replaceChildren(
      ...shown.map((name) => Object.assign(document.createElement('li'), { textContent: name })),
    );
  }

  /** @param {'point' | 'choose'} type @param {Event} event */
  #tell(type, event) {
    const cell = /** @type {CustomEvent} */ (event).detail;
    const columns = this.#grid.model?.columns ?? 1;
    const detail = cell && cell.row * columns + cell.column;
    if (detail !== null && detail >= (this.model?.values.length ?? 0)) return;
    this.tell(type, detail);
  }
}

customElements.define('unit-grid', UnitGrid);
