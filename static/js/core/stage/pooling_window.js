// A pooling's window, lifted out of the input: what stands between input and output.

import { KIND, eachCell, nothingYet } from './plane.js';
import { linked } from './highlight.js';
import { traceAt } from '../experiment/outcome.js';
import { axesOf, operationOf } from '../operations/registry.js';
import { winnerAt } from './shares.js';

/**
 * @import {Plane} from './plane.js'
 * @import {PlanesModel} from './planes.js'
 */

/**
 * The output whose window is shown: the explained one, else the first that reads the explained pixel.
 * @param {PlanesModel} model
 */
export function windowOutput({ experiment, see, spot }) {
  if (!spot || spot.side === 'kernel') return null;
  if (spot.side === 'output') return spot;
  return linked(experiment, see, spot).output[0] ?? null;
}

/**
 * The rows and columns of the window that is shown; null where none is.
 * @param {PlanesModel} model
 * @returns {[number, number] | null}
 */
export function windowSize(model) {
  const place = windowOutput(model);
  if (!place) return null;
  const { rows, columns } = tracedWindow(model, place);
  return [rows.length, columns.length];
}

/**
 * What the window's output is made of.
 * @param {PlanesModel} model
 * @param {{channel: number, row: number, column: number}} place
 */
function tracedWindow({ experiment }, place) {
  return /** @type {import('../operations/average_pool2d.js').AvgPool2dTrace} */ (
    traceAt(experiment, place)
  );
}

/**
 * The values under the window; a window that is smaller than the largest one leaves cells empty.
 * @param {PlanesModel} model
 * @param {import('./board.js').Box} box
 * @returns {Plane}
 */
export function windowPlane(model, box) {
  const plane = nothingYet(box);
  plane.kinds.fill(KIND.beyond);
  const place = windowOutput(model);
  if (!place) return plane;
  const { rows, columns, window } = tracedWindow(model, place);
  const padding = operationOf(model.experiment).isMaximum ? KIND.uncounted : KIND.zero;
  eachCell(box, (row, column, cell) => {
    if (row >= rows.length || column >= columns.length) return;
    const isPixel = rows[row] !== null && columns[column] !== null;
    plane.kinds[cell] = isPixel ? KIND.value : padding;
    plane.values[cell] = isPixel ? window[row * columns.length + column] : 0;
  });
  return plane;
}

/**
 * The cell of the window that a maximum kept; null of other operations, and where all is padding.
 * @param {PlanesModel} model
 */
export function windowWinner(model) {
  const place = windowOutput(model);
  const winner = place && winnerAt(model.experiment, place);
  if (!winner) return null;
  const columns = axesOf(model.experiment).width.sources(place.column).length;
  const { windowIndex } = winner;
  return { row: Math.floor(windowIndex / columns), column: windowIndex % columns };
}
