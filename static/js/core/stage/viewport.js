// Boxes as a window over them shows them.

/**
 * @typedef {{readonly left: number, readonly top: number, readonly right: number,
 *   readonly bottom: number}} Sides  CSS px
 */

/** A box moved to the right and down. @param {Sides} box @param {number} x @param {number} y @returns {Sides} */
export function moved({ left, top, right, bottom }, x, y) {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

/**
 * How far to scroll, to the right and down, until a box is in view; nothing where it is.
 * @param {Sides} box
 * @param {Sides} view
 * @param {number} margin  that stays around it
 * @returns {[number, number]}
 */
export function wayInto(box, view, margin) {
  const way = (/** @type {number} */ before, /** @type {number} */ after) =>
    before < margin ? before - margin : Math.max(0, margin - after);
  return [
    way(box.left - view.left, view.right - box.right),
    way(box.top - view.top, view.bottom - box.bottom),
  ];
}
