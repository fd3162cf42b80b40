/**
 * Which source cells each target pixel of one axis covers, and by what share.
 * Whole-number enlargements have one source a pixel, so cells stay crisp; other sizes blend by
 * covered area, so no row comes out twice as thick as its neighbour.
 * @typedef {{starts: Int32Array, counts: Int32Array, weights: Float32Array, widest: number}} Taps
 */

/** @type {Map<string, Taps>} */
const cache = new Map();

/** @param {number} source  cells @param {number} target  pixels @returns {Taps} */
export function areaTaps(source, target) {
  const key = `${source}:${target}`;
  const known = cache.get(key);
  if (known) return known;
  const ratio = source / target;
  const widest = Math.ceil(ratio) + 1;
  const taps = {
    starts: new Int32Array(target),
    counts: new Int32Array(target),
    weights: new Float32Array(target * widest),
    widest,
  };
  for (let x = 0; x < target; x += 1) {
    const [from, to] = [x * ratio, (x + 1) * ratio];
    const first = Math.floor(from + 1e-9);
    const last = Math.min(source, Math.ceil(to - 1e-9));
    taps.starts[x] = first;
    taps.counts[x] = last - first;
    for (let i = first; i < last; i += 1) {
      const covered = Math.min(to, i + 1) - Math.max(from, i);
      taps.weights[x * widest + i - first] = covered / ratio;
    }
  }
  cache.set(key, taps);
  return taps;
}

/**
 * Every row of a map resized by covered area.
 * @param {Float32Array} data
 * @param {number} offset  index of the map's first value
 * @param {number} rows
 * @param {number} columns
 * @param {number} width  pixels
 * @param {Float32Array} out  at least rows × width values, written row-major
 */
export function widen(data, offset, rows, columns, width, out) {
  const { starts, counts, weights, widest } = areaTaps(columns, width);
  for (let r = 0, target = 0; r < rows; r += 1) {
    const line = offset + r * columns;
    for (let x = 0; x < width; x += 1, target += 1) {
      const start = line + starts[x];
      const tap = x * widest;
      const count = counts[x];
      let sum = data[start] * weights[tap];
      if (count > 1) {
        sum += data[start + 1] * weights[tap + 1];
        for (let i = 2; i < count; i += 1) sum += data[start + i] * weights[tap + i];
      }
      out[target] = sum;
    }
  }
}

/**
 * One map resized by covered area.
 * @param {Float32Array} data
 * @param {number} offset  index of the map's first value
 * @param {number} rows
 * @param {number} columns
 * @param {number} height  pixels
 * @param {number} width  pixels
 * @param {Float32Array} scratch  at least rows × width values
 * @param {Float32Array} out  at least height × width values, written row-major
 */
export function resample(data, offset, rows, columns, height, width, scratch, out) {
  const down = areaTaps(rows, height);
  widen(data, offset, rows, columns, width, scratch);
  for (let y = 0, target = 0; y < height; y += 1) {
    const start = down.starts[y] * width;
    const tap = y * down.widest;
    const count = down.counts[y];
    const first = down.weights[tap];
    if (count === 2) {
      const second = down.weights[tap + 1];
      for (let x = start; x < start + width; x += 1, target += 1) {
        out[target] = scratch[x] * first + scratch[x + width] * second;
      }
      continue;
    }
    for (let x = start; x < start + width; x += 1, target += 1) {
      let sum = scratch[x] * first;
      for (let i = 1; i < count; i += 1) sum += scratch[x + i * width] * down.weights[tap + i];
      out[target] = sum;
    }
  }
}
