// A digit of eight by eight cells, in tenths, so that what is printed is what is reckoned with.

/** @type {readonly (readonly number[])[]} */
export const GLYPH = [
  [0, 0, 0.2, 0.5, 0.5, 0.2, 0, 0],
  [0, 0.2, 0.7, 1, 1, 0.7, 0.2, 0],
  [0, 0.3, 1, 0.3, 0.2, 1, 0.5, 0],
  [0, 0.2, 0.3, 0, 0.2, 1, 0.5, 0],
  [0, 0, 0, 0.2, 0.8, 0.8, 0.2, 0],
  [0, 0, 0.3, 1, 0.8, 0.2, 0, 0],
  [0, 0.2, 1, 1, 0.8, 0.8, 0.7, 0.2],
  [0, 0.2, 0.7, 0.7, 0.7, 0.7, 0.5, 0.2],
];
