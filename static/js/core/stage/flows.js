// The ways in which stations can stand beside and below each other.

/** @import {Role, Station} from './board.js' */

/**
 * Where a station stands in a flow's table, and in how many columns its own planes do.
 * @typedef {{
 *   station: Station,
 *   row: number,
 *   column: number,
 *   rowSpan: number,
 *   columnSpan: number,
 *   planeColumns: number,
 * }} Slot
 *
 * `aligned`: planes of one channel share their height along a row, or their width down a column.
 * `legible`: so large a kernel may be for its numbers' sake where cells are small, CSS px.
 * @typedef {{name: string, slots: Slot[], gap: number, aligned: 'rows' | 'columns' | 'none'}} Table
 * `isNarrow`: whether the page is, so that what stands below a plane takes two lines.
 * @typedef {Table & {legible: number, isNarrow: boolean}} Flow
 */

/** Room between stations, CSS px. */
const GAP = { wide: 44, narrow: 24 };
const LEGIBLE = { wide: 84, narrow: 54 };

/** Below this width stations stand closer, CSS px. */
const NARROW_PX = 560;

/** Stations that stand in the second row of a view with gradients. @type {ReadonlySet<Role>} */
const SECOND = new Set(['input_gradient', 'kernel_gradient']);

/**
 * From left to right; with the input above the rest, for a narrow page; and from top to bottom with
 * the channels side by side.
 * @param {readonly Station[]} stations
 * @param {number} width  to spend, CSS px
 * @returns {Flow[]}
 */
export function arrangementsOf(stations, width) {
  const room = width < NARROW_PX ? 'narrow' : 'wide';
  const [gap, legible] = [GAP[room], LEGIBLE[room]];
  const most = Math.max(...stations.map(({ channels }) => channels));
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  const outputs = counts.filter((count) => count <= stations[stations.length - 1].channels);
  const hasOneInput = stations[0].channels === 1;
  return [
    ...outputs.map((count) => fromLeft(stations, count, gap)),
    ...(hasOneInput ? outputs.map((count) => belowInput(stations, count, gap)) : []),
    ...counts.map((count) => fromTop(stations, count, gap)),
  ].map((table) => ({ ...table, legible, isNarrow: room === 'narrow' }));
}

/** @param {readonly Station[]} stations @param {number} outputColumns @param {number} gap @returns {Table} */
function fromLeft(stations, outputColumns, gap) {
  const rowSpan = stations.some(({ role }) => SECOND.has(role)) ? 2 : 1;
  const sides = stations.map(({ side }) => side);
  const order = [...new Set(sides)];
  const slots = stations.map((station) => {
    const isOutput = station.side === 'output';
    return {
      station,
      row: SECOND.has(station.role) ? 1 : 0,
      column: order.indexOf(station.side),
      rowSpan: isOutput ? rowSpan : 1,
      columnSpan: 1,
      planeColumns: isOutput ? outputColumns : 1,
    };
  });
  return { name: 'from left', slots, gap, aligned: 'rows' };
}

/** @param {readonly Station[]} stations @param {number} outputColumns @param {number} gap @returns {Table} */
function belowInput(stations, outputColumns, gap) {
  const hasKernel = stations.some(({ side }) => side === 'kernel');
  const isPaired = stations.some(({ role }) => SECOND.has(role));
  const slots = stations.map((station) => {
    const { side, role } = station;
    const second = SECOND.has(role) ? 1 : 0;
    const isOutput = side === 'output';
    return {
      station,
      row: side === 'input' ? 0 : 1 + (side === 'kernel' ? second : 0),
      column: side === 'input' ? second : isOutput && hasKernel ? 1 : 0,
      rowSpan: isOutput && isPaired && hasKernel ? 2 : 1,
      columnSpan: (side === 'input' && !isPaired) || (isOutput && !hasKernel) ? 2 : 1,
      planeColumns: isOutput ? outputColumns : 1,
    };
  });
  return { name: 'below input', slots, gap, aligned: 'none' };
}

/** @param {readonly Station[]} stations @param {number} planeColumns @param {number} gap @returns {Table} */
function fromTop(stations, planeColumns, gap) {
  const isPaired = stations.some(({ role }) => SECOND.has(role));
  const order = [...new Set(stations.map(({ side }) => side))];
  const slots = stations.map((station) => ({
    station,
    row: order.indexOf(station.side),
    column: SECOND.has(station.role) ? 1 : 0,
    rowSpan: 1,
    columnSpan: isPaired && station.side === 'output' ? 2 : 1,
    planeColumns: Math.min(planeColumns, station.channels),
  }));
  return { name: 'from top', slots, gap: Math.min(gap, GAP.narrow), aligned: 'columns' };
}
