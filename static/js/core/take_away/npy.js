// Numbers as numpy reads them.

/** @import {Values} from '../experiment/experiment.js' */

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
