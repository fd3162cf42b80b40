import { fitSquare } from './fit.js';
import { paintPiece, pieceArea } from './piece.js';
import { SAMPLE_SIDE, SIDE, lastPiece, settledPieces } from './strokes.js';

/**
 * @import {Area, PieceOfLine} from './piece.js'
 * @import {Drawing, Stroke} from './strokes.js'
 */

/** Half the width of a line's soft edge, in units and at least in pixels. */
const SOFT_UNITS = 1;
const SOFT_PIXELS = 0.8;

/**
 * Where painting goes on when a drawing has only grown.
 * @param {Drawing} before
 * @param {Drawing} now
 * @returns {{stroke: number, point: number} | null} the first stroke that is new or has new points,
 *   and the first point of it that is unpainted; null where the drawing has not only grown
 */
function growth(before, now) {
  const last = before.strokes.length - 1;
  if (before.base !== now.base || now.strokes.length <= last) return null;
  for (let i = 0; i < last; i += 1) if (before.strokes[i] !== now.strokes[i]) return null;
  if (last < 0 || before.strokes[last] === now.strokes[last]) return { stroke: last + 1, point: 0 };
  const [was, is] = [before.strokes[last], now.strokes[last]];
  const end = was.points.length - 1;
  const isSameLine = was.tool === is.tool && was.size === is.size && was.points[0] === is.points[0];
  return isSameLine && was.points[end] === is.points[end] ? { stroke: last, point: end } : null;
}

/** @param {Drawing['base']} base */
const baseSize = (base) =>
  base?.kind === 'image' ? [base.width, base.height] : [SAMPLE_SIDE, SAMPLE_SIDE];

/**
 * The drawing as pixels, 255 = ink, at any size; painted by the program itself, so that every
 * browser gets the same bytes, and so that adding to a stroke equals painting all of it.
 */
export class Ink {
  /** @type {Drawing | null} */
  #drawing = null;
  /** What lay under the piece to the last point, which a further point takes away again.
   * @type {{area: Area, pixels: Uint8Array} | null} */
  #beneath = null;
  /** @type {{of: Drawing['base'], pixels: Uint8Array} | null} */
  #base = null;
  /** @type {Area} */
  #changed = { left: 0, top: 0, right: 0, bottom: 0 };

  /** @param {number} side  pixels */
  constructor(side) {
    this.side = side;
    this.pixels = new Uint8Array(side * side);
  }

  /**
   * Brings the pixels up to the drawing; only what is new is painted.
   * @param {Drawing} drawing
   * @returns {Area | null} what may have changed, null where nothing has
   */
  update(drawing) {
    this.#changed = { left: this.side, top: this.side, right: 0, bottom: 0 };
    const grown = this.#drawing && growth(this.#drawing, drawing);
    if (!grown) this.#paintBase(drawing.base);
    const { stroke: first, point } = grown ?? { stroke: 0, point: 0 };
    if (first < (this.#drawing?.strokes.length ?? 0)) this.#liftLastPiece();
    for (let i = first; i < drawing.strokes.length; i += 1) {
      this.#paintStroke(drawing.strokes[i], i === first ? point : 0);
    }
    this.#drawing = drawing;
    const { left, top, right, bottom } = this.#changed;
    return left < right && top < bottom ? this.#changed : null;
  }

  /** @param {Drawing['base']} base */
  #paintBase(base) {
    this.#beneath = null;
    this.#changed = { left: 0, top: 0, right: this.side, bottom: this.side };
    if (!base || base.kind === 'photo' || base.pixels.length === 0) {
      this.pixels.fill(0);
      return;
    }
    if (this.#base?.of !== base) {
      const [width, height] = baseSize(base);
      this.#base = { of: base, pixels: fitSquare(base.pixels, width, height, this.side) };
    }
    this.pixels.set(this.#base.pixels);
  }

  #liftLastPiece() {
    if (!this.#beneath) return;
    const { area, pixels } = this.#beneath;
    const width = area.right - area.left;
    for (let y = area.top; y < area.bottom; y += 1) {
      const start = (y - area.top) * width;
      this.pixels.set(pixels.subarray(start, start + width), y * this.side + area.left);
    }
    this.#beneath = null;
    this.#mark(area);
  }

  /** @param {Stroke} stroke @param {number} from  the first point that is new */
  #paintStroke(stroke, from) {
    const scale = this.side / SIDE;
    const softness = Math.max(SOFT_PIXELS, SOFT_UNITS * scale);
    /** @type {(...piece: PieceOfLine) => PieceOfLine} */
    const inPixels = (ax, ay, ar, bx, by, br) => [
      ax * scale,
      ay * scale,
      ar * scale,
      bx * scale,
      by * scale,
      br * scale,
    ];
    const paint = (/** @type {PieceOfLine} */ piece) => {
      paintPiece(this.pixels, this.side, piece, softness, stroke.tool === 'pen');
      this.#mark(pieceArea(piece, softness, this.side));
    };
    settledPieces(stroke, from, (...piece) => paint(inPixels(...piece)));
    lastPiece(stroke, (...piece) => {
      const last = inPixels(...piece);
      this.#keep(pieceArea(last, softness, this.side));
      paint(last);
    });
  }

  /** @param {Area} area */
  #keep(area) {
    const { left, top, right, bottom } = area;
    const width = Math.max(0, right - left);
    const pixels = new Uint8Array(width * Math.max(0, bottom - top));
    for (let y = top; y < bottom && width > 0; y += 1) {
      const start = y * this.side;
      pixels.set(this.pixels.subarray(start + left, start + right), (y - top) * width);
    }
    this.#beneath = { area, pixels };
  }

  /** @param {Area} area */
  #mark({ left, top, right, bottom }) {
    if (left >= right || top >= bottom) return;
    const all = this.#changed;
    all.left = Math.min(all.left, left);
    all.top = Math.min(all.top, top);
    all.right = Math.max(all.right, right);
    all.bottom = Math.max(all.bottom, bottom);
  }
}
