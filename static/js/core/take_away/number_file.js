// Files of numbers: for numpy, and for a spreadsheet.

/** @import {Values} from '../experiment/experiment.js' */

/**
 * Comma-separated values, every number as short as it can be without being another.
 * @param {import('../experiment/experiment.js').Values} values
 */
export function csvOf({ shape, data }) {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const maps = data.length / (rows * columns);
  /** @type {string[]} */
  const blocks = [];
  for (let map = 0; map < maps; map++) {
    const lines = Array.from({ length: rows }, (_, row) => {
      const start = (map * rows + row) * columns;
      return Array.from(data.subarray(start, start + columns), String).join(',');
    });
    blocks.push(lines.join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}

const ALIGNMENT = 64;
/** "\x93NUMPY", version 1.0, and the two bytes of the header's length. */
const START_BYTES = 10;

/** A .npy file of version 1.0. Source: numpy.lib.format. @param {Values} values */
export function npyOf({ shape, data }) {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${sizes}), }`;
  const spare = ALIGNMENT - ((START_BYTES + header.length + 1) % ALIGNMENT);
  const text = `${header}${' '.repeat(spare % ALIGNMENT)}\n`;
  const bytes = new Uint8Array(START_BYTES + text.length + 8 * data.length);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  const view = new DataView(bytes.buffer);
  view.setUint16(8, text.length, true);
  bytes.set(new TextEncoder().encode(text), START_BYTES);
  data.forEach((value, index) =>
    view.setFloat64(START_BYTES + text.length + 8 * index, value, true),
  );
  return bytes;
}
