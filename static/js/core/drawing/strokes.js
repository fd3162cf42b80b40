/**
 * The drawing as vectors: what a stroke is and what shape it has.
 *
 * A point on the paper: x and y in units of the 280 × 280 paper (a stroke may leave it by
 * {@link MARGIN}), pressure 0…1, 0.5 where a device has none.
 * @typedef {readonly [x: number, y: number, pressure: number]} Point
 * The last three are for photographs: each covers what is there with grey, a blurred picture, or noise.
 * @typedef {'pen' | 'eraser' | 'patch' | 'blur' | 'noise'} Tool
 * @typedef {{readonly tool: Tool, readonly size: number, readonly points: readonly Point[]}} Stroke
 *
 * What lies under the strokes: grey pixels, row-major, 255 = ink.
 * @typedef {{readonly kind: 'sample', readonly name: string, readonly label: number | null,
 *   readonly pixels: Uint8Array, readonly isExample?: boolean}} SampleBase  28 × 28; no pixels where
 *   only the name is known yet; an example gives way to the first stroke
 * @typedef {{readonly kind: 'image', readonly width: number, readonly height: number,
 *   readonly pixels: Uint8Array, readonly isBright: boolean, readonly code: Uint8Array,
 *   readonly title: string, readonly original?: import('./filmstrip.js').Step,
 *   readonly colour?: {readonly shape: readonly number[], readonly data: Uint8Array}}} ImageBase  as its
 *   code holds it, which is what a link keeps; on a bright ground the ink is what is dark; no pixels
 *   where only the code is known yet; the original and its colour are what the file showed
 * @typedef {{readonly kind: 'photo', readonly name: string, readonly title: string,
 *   readonly code: Uint8Array, readonly paint: import('./photo_paint.js').PhotoPaint | null,
 *   readonly note: string, readonly original?: import('./filmstrip.js').Step,
 *   readonly isExample?: boolean}} PhotoBase  a photograph in colour: a shipped one by its name, another
 *   by its code, a JPEG or PNG, which a link keeps; no paint where only these are known yet
 *
 * What is done to the network's input once the drawing is prepared: pixels to the right and down, degrees
 * against the clock, and the deviation of the noise.
 * @typedef {{readonly right: number, readonly down: number, readonly turn: number,
 *   readonly noise: number}} Alteration
 * @typedef {{readonly base: SampleBase | ImageBase | PhotoBase | null, readonly strokes: readonly Stroke[],
 *   readonly altered?: Alteration, readonly piece?: number}} Drawing
 *   piece: the piece of its ink that is read by itself; where there is none, all of it is
 */

/** Units across the paper. */
export const SIDE = 280;
/** Cells across a digit of the samples. */
export const SAMPLE_SIDE = 28;
/** How far, in units, a stroke may leave the paper. */
export const MARGIN = 40;
/** Pen widths in units: fine, as thick as MNIST's digits, bold. */
export const BRUSH_SIZES = /** @type {const} */ ([12, 21, 34]);
/** The tools of a photograph, in the order of a link's numbers. */
export const PHOTO_TOOLS = /** @type {const} */ (['patch', 'blur', 'noise']);
/** Points nearer than this to their predecessor add nothing, in units. */
const NEAREST = 1.5;
const PRESSURE_LEVELS = 16;

/** @type {Alteration} */
export const UNALTERED = Object.freeze({ right: 0, down: 0, turn: 0, noise: 0 });

/** @type {Drawing} */
export const EMPTY = Object.freeze({ base: null, strokes: Object.freeze([]) });

/** @param {Drawing} drawing */
export const isEmpty = (drawing) => drawing.base === null && drawing.strokes.length === 0;

/**
 * The same drawing with a piece of its ink read by itself; without one, all of it is read.
 * @param {Drawing} drawing
 * @param {number | null} chosen
 * @returns {Drawing}
 */
export function withPiece(drawing, chosen) {
  const { piece, ...whole } = drawing;
  if ((piece ?? null) === chosen) return drawing;
  return chosen === null ? whole : { ...whole, piece: chosen };
}

/** The digit a first visit shows belongs into no link: whoever opens it sees it anyway. @param {Drawing} drawing */
export const isUntouchedExample = ({ base, strokes }) =>
  Boolean(base && base.kind !== 'image' && base.isExample) && strokes.length === 0;

/**
 * A point as a drawing keeps it: half units and sixteenths of pressure, so that a link loses nothing.
 * @param {number} x
 * @param {number} y
 * @param {number} [pressure]
 * @returns {Point}
 */
export function toPoint(x, y, pressure = 0.5) {
  const onPaper = (/** @type {number} */ value) =>
    // Adding 0 makes a −0, which no link could keep, a 0.
    Math.round(2 * Math.min(SIDE + MARGIN, Math.max(-MARGIN, value))) / 2 + 0;
  const level = Math.round(PRESSURE_LEVELS * Math.min(1, Math.max(0, pressure)));
  return [onPaper(x), onPaper(y), level / PRESSURE_LEVELS];
}

/**
 * The points with further ones behind them, but for those that hardly moved.
 * @param {readonly Point[]} points
 * @param {readonly Point[]} further
 * @returns {readonly Point[]} the same array where nothing was added
 */
export function extendPoints(points, further) {
  const result = [...points];
  for (const point of further) {
    const last = result.at(-1);
    const moved = last ? Math.hypot(point[0] - last[0], point[1] - last[1]) : Infinity;
    if (moved >= NEAREST) result.push(point);
  }
  return result.length === points.length ? points : result;
}

/** Half the width of the line at a pressure, in units. @param {number} size @param {number} pressure */
const radiusAt = (size, pressure) => (size / 2) * (0.4 + 1.2 * pressure);

/**
 * One straight piece of a line with round ends: two centres and their radii, in units.
 * @callback Piece
 * @param {number} ax
 * @param {number} ay
 * @param {number} ar
 * @param {number} bx
 * @param {number} by
 * @param {number} br
 * @returns {void}
 */

/** @typedef {[x: number, y: number, radius: number]} Disc */

/** @param {Stroke} stroke @param {number} index @returns {Disc} */
function disc({ points, size }, index) {
  const [x, y, pressure] = points[index];
  return [x, y, radiusAt(size, pressure)];
}

/** @param {Disc} a @param {Disc} b @returns {Disc} */
const middle = (a, b) => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2];

/**
 * A quadratic curve as straight pieces that stay within a quarter unit of it.
 * @param {Disc} from
 * @param {Disc} control
 * @param {Disc} to
 * @param {Piece} piece
 */
function flatten(from, control, to, piece) {
  const bend = Math.hypot(from[0] - 2 * control[0] + to[0], from[1] - 2 * control[1] + to[1]);
  const swell = Math.abs(from[2] - 2 * control[2] + to[2]);
  const count = Math.max(1, Math.ceil(Math.sqrt(bend + swell)));
  let [x, y, r] = from;
  for (let i = 1; i <= count; i += 1) {
    const t = i / count;
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    const next = [0, 1, 2].map((k) => a * from[k] + b * control[k] + c * to[k]);
    piece(x, y, r, next[0], next[1], next[2]);
    [x, y, r] = next;
  }
}

/**
 * The pieces that further points no longer change: from the middle before point `from` to the
 * middle behind the last but one, curved at each point between.
 * @param {Stroke} stroke
 * @param {number} from  index of the first point wanted, 0 for the whole stroke
 * @param {Piece} piece
 */
export function settledPieces(stroke, from, piece) {
  for (let i = from; i < stroke.points.length - 1; i += 1) {
    const here = disc(stroke, i);
    const end = middle(here, disc(stroke, i + 1));
    if (i === 0) piece(...here, ...end);
    else flatten(middle(disc(stroke, i - 1), here), here, end, piece);
  }
}

/**
 * The piece that leads to the last point: a dot for a stroke of one point.
 * @param {Stroke} stroke
 * @param {Piece} piece
 */
export function lastPiece(stroke, piece) {
  const last = stroke.points.length - 1;
  const end = disc(stroke, last);
  const from = last > 0 ? middle(disc(stroke, last - 1), end) : end;
  piece(...from, ...end);
}
