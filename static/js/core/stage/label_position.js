// Where a label goes: beside its cell, where it hides the least.

/**
 * @typedef {{left: number, top: number, right: number, bottom: number}} Rectangle
 * @typedef {{left: number, top: number}} Corner
 */

/** Space between a cell and its label, CSS px. */
const DISTANCE = 14;
/** What of an area beside counts, against one that answers the cell: much of it is better hidden than a little of that. */
const BESIDE_WEIGHT = 0.03;
/** How many px² hidden a px nearer to the cell is worth. */
const NEARNESS = 0.75;

/** How many px² hidden less are worth a leap: while the pointer walks the label stays, if it can. */
const LEAP = 300;

/**
 * Where a label goes: beside its cell, where it hides the least of what answers the cell, then of other
 * planes and words, and is near.
 * @param {Rectangle} cell
 * @param {{answers: readonly Rectangle[], beside: readonly Rectangle[]}} around  answers: what
 *   is to be seen meanwhile, the cell's own plane and the controls included
 * @param {{width: number, height: number}} label
 * @param {Rectangle} view  where it may stand
 * @param {Corner | null} [before]  where it stands
 * @returns {Corner}
 */
export function placeBeside(cell, { answers, beside }, label, view, before = null) {
  const { width, height } = label;
  const within = (
    /** @type {number} */ at,
    /** @type {number} */ low,
    /** @type {number} */ high,
  ) => Math.max(low, Math.min(at, high));
  const inView = (/** @type {number} */ x, /** @type {number} */ y) => ({
    left: within(x, view.left, Math.max(view.left, view.right - width)),
    top: within(y, view.top, Math.max(view.top, view.bottom - height)),
  });
  const corners = cornersAround(cell, [...answers, ...beside], label).map(([x, y]) => inView(x, y));
  const own = (/** @type {Corner} */ { left, top }) => {
    return { left, top, right: left + width, bottom: top + height };
  };
  const hides = (/** @type {Corner} */ at, /** @type {readonly Rectangle[]} */ rectangles) =>
    rectangles.reduce((sum, one) => sum + overlap(one, own(at)), 0);
  const hidesAnswers = (/** @type {Corner} */ at) => hides(at, [cell, ...answers]);
  const cost = (/** @type {Corner} */ at) =>
    hidesAnswers(at) + BESIDE_WEIGHT * hides(at, beside) + NEARNESS * gap(cell, own(at));
  const best = corners.reduce((least, one) => (cost(one) < cost(least) - 1 ? one : least));
  const same = before && inView(before.left, before.top);
  const mayStay =
    same && hidesAnswers(same) <= hidesAnswers(best) && cost(same) <= cost(best) + LEAP;
  return mayStay ? same : best;
}

/**
 * Corners worth a try: around the cell, and around what it should keep off.
 * @param {Rectangle} cell
 * @param {readonly Rectangle[]} others
 * @param {{width: number, height: number}} label
 */
function cornersAround(cell, others, { width, height }) {
  return [cell, ...others].flatMap((one) => {
    const [right, below] = [one.right + DISTANCE, one.bottom + DISTANCE];
    const [left, above] = [one.left - DISTANCE - width, one.top - DISTANCE - height];
    return [
      [right, below],
      [right, above],
      [left, below],
      [left, above],
      [one.left, below],
      [one.right - width, below],
      [one.left, above],
      [one.right - width, above],
      [right, one.top],
      [left, one.top],
    ];
  });
}

/** The area that two have in common. @param {Rectangle} one @param {Rectangle} other */
function overlap(one, other) {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return Math.max(0, across) * Math.max(0, down);
}

/** How far two lie apart, along the axis where it is more. @param {Rectangle} one @param {Rectangle} other */
function gap(one, other) {
  const across = Math.max(one.left, other.left) - Math.min(one.right, other.right);
  const down = Math.max(one.top, other.top) - Math.min(one.bottom, other.bottom);
  return Math.max(0, across, down);
}
