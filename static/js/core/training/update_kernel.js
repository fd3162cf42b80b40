/**
 * The weights of a layer as kernels: a dense layer's unit has one, its inputs laid into a rectangle.
 * @typedef {{filters: number, inputs: number, rows: number, columns: number, isDense: boolean}} Kernels
 *
 * @typedef {{filter: number, input: number, row: number, column: number}} Cell
 */

/** The rectangle nearest to a square that so many values fill. @param {number} length */
function rectangleOf(length) {
  let rows = Math.floor(Math.sqrt(length));
  while (length % rows !== 0) rows -= 1;
  return { rows, columns: length / rows };
}

/** @param {readonly number[]} shape  (O, I, H, W) or (O, I) @returns {Kernels} */
export function kernelsOf(shape) {
  const [filters, inputs] = shape;
  if (shape.length === 2) return { filters, inputs: 1, ...rectangleOf(inputs), isDense: true };
  return { filters, inputs, rows: shape[2], columns: shape[3], isDense: false };
}

/** Where a weight stands among the kernels. @param {Kernels} kernels @param {readonly number[]} index @returns {Cell} */
export function cellOf({ isDense, columns }, index) {
  if (!isDense) return { filter: index[0], input: index[1], row: index[2], column: index[3] };
  const [filter, place] = index;
  return { filter, input: 0, row: Math.floor(place / columns), column: place % columns };
}

/** The way back. @param {Kernels} kernels @param {Cell} cell */
export function indexOf({ isDense, columns }, { filter, input, row, column }) {
  return isDense ? [filter, row * columns + column] : [filter, input, row, column];
}

/** A weight in words. @param {Kernels} kernels @param {readonly number[]} index */
export function cellText(kernels, index) {
  if (kernels.isDense) return `unit ${index[0]}, input ${index[1]}`;
  const [filter, input, row, column] = index;
  return `filter ${filter}, channel ${input}, row ${row}, column ${column}`;
}

/** One kernel's values. @param {Float32Array} values @param {Kernels} kernels @param {Cell} cell */
export function kernelValues(values, { inputs, rows, columns }, { filter, input }) {
  const size = rows * columns;
  const start = (filter * inputs + input) * size;
  return values.subarray(start, start + size);
}

/** After less before. @param {Float32Array} after @param {Float32Array} before */
export const changesOf = (after, before) => after.map((value, at) => value - before[at]);

/**
 * Images beside each other as one.
 * @param {Float32Array} images
 * @param {readonly number[]} shape  (N, C, H, W)
 * @param {number} across
 * @param {number} [planes]  so many of the channels are taken, one behind the other
 */
export function sheetOf(images, [number, channels, rows, columns], across, planes = 1) {
  const down = Math.ceil(number / across);
  const size = down * rows * across * columns;
  const values = new Float32Array(planes * size);
  for (let at = 0; at < number * planes; at += 1) {
    const [image, plane] = [Math.floor(at / planes), at % planes];
    const [top, left] = [Math.floor(image / across) * rows, (image % across) * columns];
    for (let row = 0; row < rows; row += 1) {
      const start = ((image * channels + plane) * rows + row) * columns;
      const to = plane * size + (top + row) * across * columns + left;
      values.set(images.subarray(start, start + columns), to);
    }
  }
  return { values, rows: down * rows, columns: across * columns };
}

/** @type {Record<string, number>} */
const NAMED = { NaN, Infinity, '-Infinity': -Infinity };

/** What travelled as JSON with every number that is none as what its name says. @param {any} value @returns {any} */
export function withNumbers(value) {
  if (typeof value === 'string') return Object.hasOwn(NAMED, value) ? NAMED[value] : value;
  if (Array.isArray(value)) return value.map(withNumbers);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withNumbers(each)]));
}
