import { Ink } from './ink.js';

/**
 * @import {Drawing, Stroke, Tool} from './strokes.js'
 * @typedef {{readonly rows: number, readonly columns: number, readonly planes: Uint8Array}} Pixels
 *   planes: (3, rows, columns), red, green, blue
 * @typedef {{stroke: Stroke, before: Uint8Array, cover: Uint8Array, mask: Ink}} Painted
 *   a stroke, what was there, what it covers that with, and where
 */

/** What a network of photographs has for 0: the mean of ImageNet's pixels. */
const GREY = [124, 116, 104];
/** How far noise goes up and down. */
const NOISE = 110;
/** The blur's window has so large a share of the shorter side. */
const BLURRED = 1 / 16;

/** A number between −1 and 1 that looks like chance and is the same everywhere. @param {number} index */
function chance(index) {
  let hash = Math.imul(index ^ 0x9e3779b9, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 0x7fffffff - 1;
}

/**
 * Every line of a plane averaged over a window; the edge goes on beyond the picture.
 * @param {Uint8Array} from  @param {Uint8Array} to  @param {number} start  of the plane
 * @param {{lines: number, count: number, line: number, step: number, reach: number}} lay
 */
function averageLines(from, to, start, { lines, count, line, step, reach }) {
  for (let k = 0; k < lines; k += 1) {
    const first = start + k * line;
    const at = (/** @type {number} */ i) =>
      from[first + step * Math.min(count - 1, Math.max(0, i))];
    let sum = 0;
    for (let i = -reach; i <= reach; i += 1) sum += at(i);
    for (let i = 0; i < count; i += 1) {
      to[first + step * i] = Math.round(sum / (2 * reach + 1));
      sum += at(i + reach + 1) - at(i - reach);
    }
  }
}

/** The picture blurred: averaged twice along both axes. @param {Pixels} pixels */
export function blurred({ rows, columns, planes }) {
  const reach = Math.max(1, Math.round((BLURRED / 2) * Math.min(rows, columns)));
  const [from, to] = [planes.slice(), planes.slice()];
  const across = { lines: rows, count: columns, line: columns, step: 1, reach };
  const down = { lines: columns, count: rows, line: 1, step: columns, reach };
  for (let plane = 0; plane < 3; plane += 1) {
    const start = plane * rows * columns;
    for (let turn = 0; turn < 2; turn += 1) {
      averageLines(from, to, start, across);
      averageLines(to, from, start, down);
    }
  }
  return from;
}

/** What a tool covers a picture with. @param {Tool} tool @param {Pixels} pixels @param {Uint8Array} original */
function coverOf(tool, pixels, original) {
  const { planes, rows, columns } = pixels;
  if (tool === 'eraser') return original;
  if (tool === 'blur') return blurred(pixels);
  if (tool === 'noise')
    return new Uint8Array(Uint8ClampedArray.from(planes, (v, i) => v + NOISE * chance(i)).buffer);
  return planes.map((_, i) => GREY[Math.floor(i / (rows * columns))]);
}

/** A photograph and what is painted on it; painting goes on where a drawing has only grown. */
export class PhotoPaint {
  /** @type {Painted[]} */
  #done = [];
  #now;
  #original;

  /** @param {Pixels} pixels */
  constructor(pixels) {
    this.#original = pixels;
    this.#now = { ...pixels, planes: pixels.planes.slice() };
  }

  /** Rows and columns. */
  get size() {
    return [this.#original.rows, this.#original.columns];
  }

  /**
   * The pixels with the strokes on them; they change with the next drawing.
   * @param {Pick<Drawing, 'strokes'>} drawing
   * @returns {Pixels}
   */
  paint({ strokes }) {
    const known = this.#done;
    let same = 0;
    while (same < known.length && known[same].stroke === strokes[same]) same += 1;
    // The newest may have grown: what lies under it is known.
    const isGrown = same === known.length - 1 && strokes.length >= known.length;
    if (same < known.length && !isGrown) {
      this.#done = [];
      this.#now.planes.set(this.#original.planes);
      same = 0;
    }
    for (let i = same; i < strokes.length; i += 1) this.#put(i, strokes[i]);
    return this.#now;
  }

  /** @param {number} index @param {Stroke} stroke */
  #put(index, stroke) {
    const { rows, columns, planes } = this.#now;
    let painted = this.#done[index];
    if (painted && painted.stroke.tool !== stroke.tool) planes.set(painted.before);
    if (painted?.stroke.tool !== stroke.tool) {
      const cover = coverOf(stroke.tool, this.#now, this.#original.planes);
      painted = { stroke, before: planes.slice(), cover, mask: new Ink(Math.max(rows, columns)) };
    }
    this.#done[index] = { ...painted, stroke };
    const changed = painted.mask.update({ base: null, strokes: [{ ...stroke, tool: 'pen' }] });
    if (changed) this.#lay(painted, changed);
  }

  /** @param {Painted} painted @param {import('./piece.js').Area} changed */
  #lay({ before, cover, mask }, { left, top, right, bottom }) {
    const { rows, columns, planes } = this.#now;
    const area = rows * columns;
    const [above, beside] = [rows, columns].map((count) => Math.floor((mask.side - count) / 2));
    for (let row = Math.max(0, top - above); row < Math.min(rows, bottom - above); row += 1) {
      const last = Math.min(columns, right - beside);
      for (let column = Math.max(0, left - beside); column < last; column += 1) {
        const share = mask.pixels[(row + above) * mask.side + column + beside];
        const at = row * columns + column;
        for (let i = at; i < 3 * area; i += area)
          planes[i] = before[i] + Math.round(((cover[i] - before[i]) * share) / 255);
      }
    }
  }
}
