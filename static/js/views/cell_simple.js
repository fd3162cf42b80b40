import { html, nothing } from 'lit-html';

import { fixed } from '../core/number.js';
import { decimalsFor, figure } from '../core/rounding.js';
import { cellFormula, term, texFigure, texResult } from './cell_parts.js';
import { resultLines } from './sums.js';

/** @typedef {import('./cell.js').CellModel} CellModel */

/** A window's cell with its number in it, CSS px: for four decimals, for more. */
const CELL_PX = [60, 84];

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

/**
 * Where the winner stands, and why it is that one where others are as large.
 * @param {{row: number, column: number, index: number}} winner
 * @param {string} source
 * @param {number} ties  values as large as the winner, itself included
 */
const winnerNote = ({ row, column, index }, source, ties) => html`<p class="note">
  ${ties > 1 ? `${ties} values are the largest; the first wins. It` : 'the winner'} stands in row
  <strong>${row}</strong>, column <strong>${column}</strong> of the ${source} (index ${index})
</p>`;

/**
 * A pooling's value: its window, the winner (or the mean), and where in the input it stands.
 * @param {CellModel} model
 */
export function poolingCell(model) {
  const { explained, inputLimit, lit, light } = model;
  const trace = /** @type {import('../core/operations/max_pool2d.js').MaxPool2dTrace
    | import('../core/operations/average_pool2d.js').AvgPool2dTrace} */ (explained.trace);
  const [rows, columns] = trace.shape;
  const values = Array.from(trace.window, (value) => (Number.isFinite(value) ? value : NaN));
  const winner = trace.kind === 'MaxPool2d' ? trace.winner : null;
  const source = `${explained.layer.inputs[0]} · map ${explained.position.channel}`;
  const marks =
    lit === null
      ? []
      : [{ row: Math.floor(lit / columns), column: lit % columns, rows: 1, columns: 1 }];
  const cursor = winner && {
    row: Math.floor(winner.windowIndex / columns),
    column: winner.windowIndex % columns,
  };
  const decimals = winner ? decimalsOf(values, trace.value) : decimalsFor(values);
  const cell = CELL_PX[decimals > 4 ? 1 : 0];
  const list = values.map((value) => figure(value, decimals)).join(', ');
  const tex = values
    .map((value, i) => term(i, texFigure(value, decimals)))
    .join(trace.kind === 'MaxPool2d' ? ',\\; ' : ' + ');
  const numbers =
    trace.kind === 'MaxPool2d'
      ? `= \\max(${tex}) ${texResult(trace.value, decimals)}`
      : `= \\tfrac{1}{${trace.divisor}}(${tex}) ${texResult(trace.value, decimals)}`;
  return html`
    <div class="cell-tiles">
      <h3>window of ${source}</h3>
      <value-grid
        role="img"
        aria-label=${`The window: ${list}`}
        .model=${{ values, rows, columns, cell, decimals, marks, palette: 'activation', limit: inputLimit, isNumbered: true, cursor }}
        interactive
        @point=${(/** @type {CustomEvent} */ { detail }) => light(detail && detail.row * columns + detail.column)}
      ></value-grid>
      ${
        winner
          ? winnerNote(winner, source, values.filter((value) => value === trace.value).length)
          : nothing
      }
    </div>
    ${cellFormula(explained, numbers, model)}
    ${resultLines([{ name: 'value', how: `the ${winner ? 'largest' : 'mean'} of ${values.length}`, value: figure(trace.value, decimals), isStrong: true }])}
  `;
}

/**
 * A ReLU's value.
 * @param {CellModel} model
 */
export function reluCell({ explained }) {
  const trace = /** @type {import('../core/trace_dense.js').ReLUTrace} */ (explained.trace);
  const source = explained.layer.inputs[0];
  const decimals = decimalsFor([trace.input]);
  return html`
    ${cellFormula(explained, `= \\max(0,\\; ${texFigure(trace.input, decimals)}) ${texResult(trace.value, decimals)}`)}
    <drawn-picture class="curve" role="img" aria-label="The curve of max(0, x) with this value on it" .picture=${curve(trace)}></drawn-picture>
    ${resultLines([
      { name: source, how: 'the same position', value: figure(trace.input, decimals) },
      {
        name: explained.layer.name,
        how: trace.input > 0 ? 'positive: kept' : 'not positive: zero',
        value: figure(trace.value, decimals),
        isStrong: true,
      },
    ])}
  `;
}

/**
 * The curve of the ReLU and the point on it.
 * @param {{input: number, value: number}} trace
 * @returns {import('../elements/drawn_picture.js').Picture}
 */
function curve({ input, value }) {
  const [width, height] = [220, 120];
  const reach = Math.max(1, Math.abs(input)) * 1.25;
  const x = (/** @type {number} */ at) => width / 2 + (at / reach) * (width / 2 - 6);
  const y = (/** @type {number} */ at) => height - 16 - (at / reach) * (height - 28);
  return {
    width,
    height,
    draw(context, theme) {
      context.clearRect(0, 0, width, height);
      context.strokeStyle = theme.lineStrong;
      context.beginPath();
      context.moveTo(0, y(0));
      context.lineTo(width, y(0));
      context.moveTo(x(0), 4);
      context.lineTo(x(0), height - 4);
      context.stroke();
      context.strokeStyle = theme.ink;
      context.lineWidth = 2;
      context.beginPath();
      context.moveTo(x(-reach), y(0));
      context.lineTo(x(0), y(0));
      context.lineTo(x(reach), y(reach));
      context.stroke();
      context.fillStyle = theme.highlight;
      context.strokeStyle = theme.ink;
      context.lineWidth = 1;
      context.beginPath();
      context.arc(x(input), y(value), 5, 0, 2 * Math.PI);
      context.fill();
      context.stroke();
    },
  };
}

/**
 * A flattened value: the same number, and how its index comes about.
 * @param {CellModel} model
 */
export function flattenCell({ explained }) {
  const trace = /** @type {import('../core/trace_dense.js').FlattenTrace} */ (explained.trace);
  const [, height, width] = explained.layer.input_shape;
  const { channel, row, column } = trace.source;
  const source = explained.layer.inputs[0];
  const decimals = decimalsFor([trace.value]);
  const numbers = `${channel} \\cdot ${height} \\cdot ${width} + ${row} \\cdot ${width} + ${column} = \\mathbf{${trace.index}}`;
  return html`
    ${cellFormula(explained, numbers)}
    ${resultLines([
      {
        name: 'from',
        how: `${source} · map ${channel} · row ${row}, column ${column}`,
        value: figure(trace.value, decimals),
      },
      {
        name: 'index',
        how: 'nothing is computed: only the place changes',
        value: String(trace.index),
      },
      { name: 'value', value: figure(trace.value, decimals), isStrong: true },
    ])}
  `;
}
