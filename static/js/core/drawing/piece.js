/**
 * One straight piece of a line with round ends, as pixels.
 *
 * Two centres and their radii, in pixels.
 * @typedef {readonly [ax: number, ay: number, ar: number, bx: number, by: number, br: number]} PieceOfLine
 * @typedef {{left: number, top: number, right: number, bottom: number}} Area  pixels, right and bottom exclusive
 */

/**
 * The pixels a piece may reach.
 * @param {PieceOfLine} piece
 * @param {number} softness  half the width of its edge, in pixels
 * @param {number} side  of the picture, in pixels
 * @returns {Area}
 */
export function pieceArea([ax, ay, ar, bx, by, br], softness, side) {
  const reach = Math.max(ar, br) + softness;
  const inside = (/** @type {number} */ value) => Math.min(side, Math.max(0, value));
  return {
    left: inside(Math.floor(Math.min(ax, bx) - reach)),
    top: inside(Math.floor(Math.min(ay, by) - reach)),
    right: inside(Math.ceil(Math.max(ax, bx) + reach)),
    bottom: inside(Math.ceil(Math.max(ay, by) + reach)),
  };
}

/**
 * Paints a piece: a pen leaves the larger of its ink and what is there, an eraser the smaller of
 * what is there and its paper. So overlaps leave no mark and painting twice changes nothing.
 * @param {Uint8Array} pixels  (side, side), 255 = ink
 * @param {number} side
 * @param {PieceOfLine} piece
 * @param {number} softness
 * @param {boolean} isPen
 */
export function paintPiece(pixels, side, piece, softness, isPen) {
  const [ax, ay, ar, bx, by, br] = piece;
  const { left, top, right, bottom } = pieceArea(piece, softness, side);
  const [dx, dy, dr] = [bx - ax, by - ay, br - ar];
  const length = dx * dx + dy * dy;
  const inverse = length > 0 ? 1 / length : 0;
  // Where pieces overlap, which is nearly everywhere, there is nothing left to do.
  const full = isPen ? 255 : 0;
  for (let y = top; y < bottom; y += 1) {
    const py = y + 0.5 - ay;
    for (let x = left, i = y * side + left; x < right; x += 1, i += 1) {
      const there = pixels[i];
      if (there === full) continue;
      const px = x + 0.5 - ax;
      const along = (px * dx + py * dy) * inverse;
      const t = along < 0 ? 0 : along > 1 ? 1 : along;
      const ex = px - t * dx;
      const ey = py - t * dy;
      const outer = ar + t * dr + softness;
      const squared = ex * ex + ey * ey;
      if (squared >= outer * outer) continue;
      const depth = (outer - Math.sqrt(squared)) / (2 * softness);
      // A smooth step: the edge has no corner where it meets the full ink.
      const ink = depth >= 1 ? 255 : (255 * depth * depth * (3 - 2 * depth) + 0.5) | 0;
      if (isPen) {
        if (ink > there) pixels[i] = ink;
      } else if (255 - ink < there) pixels[i] = 255 - ink;
    }
  }
}
