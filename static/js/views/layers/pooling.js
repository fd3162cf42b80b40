// How a pooling is shown, whatever it keeps of its window.

import { html, nothing } from 'lit-html';

import { winnersOf } from '../../core/layers/pooling.js';
import { windowParts } from '../../core/layers/window_parts.js';
import { operationOf } from '../../core/operations/registry.js';
import { fixed } from '../../core/number.js';
import { decimalsFor, figure } from '../../core/rounding.js';
import { numberTiles, thumbnail } from '../../render/thumbnails.js';
import { NUMBERED, cellFormula, picture, term, texFigure, texResult } from '../cell_parts.js';
import { inputFigure, ownFigure } from '../map_figures.js';
import { resultLines } from '../sums.js';

/**
 * @import {Explained} from '../../core/layers/explain.js'
 * @import {WindowTrace} from '../../core/layers/window.js'
 * @import {CellModel} from '../cell.js'
 */

/** A window's cell with its number in it, CSS px: for four decimals, for more. */
const CELL_PX = [60, 84];
/** A window is as wide as this at most, CSS px. */
const WIDEST_PX = 420;
/** More values than this are no line of a formula. */
const MOST_TERMS = 16;

/**
 * The window: its values, and which of them a maximum keeps. No number stands where nothing counts.
 * @param {Explained} explained
 */
function windowOf({ trace }) {
  const { value, equation, experiment } = /** @type {WindowTrace} */ (trace);
  const [{ left, rows, columns, mark, cells }] = equation.blocks;
  const { pooled } = operationOf(experiment);
  const { counts, made, beyond } = windowParts(/** @type {WindowTrace} */ (trace));
  const values = Array.from(left, (one, at) => (counts[at] ? one : NaN));
  const { word, tex } = /** @type {NonNullable<typeof pooled>} */ (pooled);
  return {
    value,
    values,
    rows,
    columns,
    mark,
    cells,
    counts,
    made,
    beyond,
    word,
    tex,
    way: equation.way,
  };
}

/**
 * As many decimals as tell the winner from every value that is less.
 * @param {readonly number[]} values
 * @param {number} winner
 */
function decimalsOf(values, winner) {
  let decimals = decimalsFor(values);
  const looksAlike = (/** @type {number} */ value) =>
    value !== winner && fixed(value, decimals) === fixed(winner, decimals);
  while (decimals < 7 && values.some(looksAlike)) decimals += 1;
  return decimals;
}

/** The substituted line. @param {ReturnType<typeof windowOf>} window @param {number} decimals */
function numbersOf({ values, value, way, tex, counts }, decimals) {
  const terms = values.flatMap((one, at) => (counts[at] ? term(at, texFigure(one, decimals)) : []));
  const isCut = terms.length > MOST_TERMS;
  const shown = isCut ? [...terms.slice(0, MOST_TERMS), '\\cdots'] : terms;
  return `= ${tex(shown, way)} ${texResult(value, decimals)}`;
}

/**
 * Where the winner stands, and why it is that one where others are as large.
 * @param {Explained} explained
 * @param {ReturnType<typeof windowOf>} window
 * @param {string} source
 */
function winnerNote({ inputs: [read] }, { mark, cells, values, value }, source) {
  if (mark < 0) return nothing;
  const [row, column] = [Number(cells[mark].down.source), Number(cells[mark].across.source)];
  const ties = values.filter((one) => one === value).length;
  return html`<p class="note">
    ${ties > 1 ? `${ties} values are the largest; the first wins. It` : 'the winner'} stands in row
    <strong>${row}</strong>, column <strong>${column}</strong> of the ${source} (index
    ${row * read.shape[2] + column})
  </p>`;
}

/**
 * A pooling's value: its window, the winner (or the mean), and where in the input it stands.
 * @param {CellModel} model
 */
function cell(model) {
  const { explained, inputLimit, lit, light } = model;
  const window = windowOf(explained);
  const { value, values, rows, columns, mark, made, beyond, counts } = window;
  const source = `${explained.layer.inputs.join()} · map ${explained.position.channel}`;
  const at = (/** @type {number} */ index) => ({
    row: Math.floor(index / columns),
    column: index % columns,
  });
  const known = values.filter((_, at) => counts[at]);
  const decimals = mark < 0 ? decimalsFor(known) : decimalsOf(known, value);
  const wanted = CELL_PX[decimals > 4 ? 1 : 0];
  // A window as large as a map, of a global average, is a picture without numbers.
  const side = Math.min(wanted, Math.max(2, Math.floor(WIDEST_PX / columns)));
  const grid = {
    values,
    rows,
    columns,
    cell: side,
    decimals,
    marks: lit === null ? [] : [{ ...at(lit), rows: 1, columns: 1 }],
    palette: 'activation',
    limit: inputLimit,
    isNumbered: side === wanted,
    cursor: mark < 0 ? null : at(mark),
  };
  return html`
    <div class="cell-tiles">
      <h3>window of ${source}</h3>
      <value-grid
        role="img"
        aria-label=${`The window: ${known.map((one) => figure(one, decimals)).join(', ')}`}
        .model=${grid}
        interactive
        @point=${(/** @type {CustomEvent} */ { detail }) => light(detail && detail.row * columns + detail.column)}
      ></value-grid>
      ${beyond ? html`<p class="note">${beyond}</p>` : nothing}
      ${winnerNote(explained, window, source)}
    </div>
    ${cellFormula(explained, numbersOf(window, decimals), model)}
    ${resultLines([{ name: 'value', how: made, value: figure(value, decimals), isStrong: true }])}
  `;
}

/** How a pooling is shown. @param {string} kind @returns {import('./registry.js').KindView} */
const pooling = (kind) => ({
  kind,
  cell,
  label({ explained, inputLimit }) {
    const { values, rows, columns, mark, word } = windowOf(explained);
    const draw = rows * columns <= NUMBERED ? numberTiles : thumbnail;
    const drawn = draw(Float64Array.from(values), rows, columns, inputLimit, 'activation', mark);
    return html`<span>= ${word}</span> ${picture(drawn)}`;
  },
  figures(model) {
    const { explained } = model;
    const { trace, position, layer } = explained;
    // A unit stands in the row of all of them, and is no map.
    const own = layer.output_shape.length === 3 ? [ownFigure(model)] : [];
    if (!trace) return own;
    const [read] = explained.kind.reads?.(trace, position) ?? [];
    const winners = winnersOf(/** @type {WindowTrace} */ (trace), position.channel);
    const marks = [...winners, ...(read ? [read] : [])];
    const found = inputFigure(model, read ?? { input: 0, channel: position.channel }, { marks });
    const note = winners.length ? 'the winners outlined' : found.note;
    return [{ ...found, note }, ...own];
  },
});

export const maxPool2d = pooling('MaxPool2d');
export const avgPool2d = pooling('AvgPool2d');
export const adaptiveAvgPool2d = pooling('AdaptiveAvgPool2d');
export const mean = pooling('Mean');
