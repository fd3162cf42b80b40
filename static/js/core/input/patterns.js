// Inputs whose outcome one can tell by eye.

import { GLYPH } from './glyph.js';

/**
 * @import {Picture} from '../colour.js'
 * @import {Values} from '../experiment/experiment.js'
 *
 * Where an input comes from, and one that can be chosen there.
 * @typedef {'paint' | 'pattern' | 'digit' | 'image' | 'cells'} InputTab
 * @typedef {{title: string, values: Values, picture: Picture}} Choice
 *
 * @typedef {(row: number, column: number, height: number, width: number) => number} Drawn
 * @typedef {{readonly name: string, readonly title: string, readonly line: string, readonly at: Drawn}} Pattern
 */

/** The line in the middle. @param {number} size */
const middle = (size) => Math.floor(size / 2);

/**
 * How far a cell is from the middle, the nearest side being 1.
 * @param {number} row
 * @param {number} column
 * @param {number} height
 * @param {number} width
 */
function distance(row, column, height, width) {
  const [down, across] = [row - (height - 1) / 2, column - (width - 1) / 2];
  return Math.hypot(down, across) / (Math.max(1, Math.min(height, width)) / 2);
}

/** @type {Drawn} */
function glyphAt(row, column, height, width) {
  const scale = Math.max(1, Math.floor(Math.min(height, width) / 8));
  const shrink = Math.min(1, Math.min(height, width) / 8);
  const [top, left] = [height, width].map((size) => Math.floor(Math.max(0, size - 8 * scale) / 2));
  const across = Math.floor((column - left) / scale / shrink);
  return GLYPH[Math.floor((row - top) / scale / shrink)]?.[across] ?? 0;
}

/** @type {readonly Pattern[]} */
export const PATTERNS = [
  { name: 'glyph', title: 'Digit', line: 'A two in eight by eight cells.', at: glyphAt },
  {
    name: 'impulse',
    title: 'Impulse',
    line: 'One cell alone: a convolution gives back its kernel, turned around.',
    at: (row, column, height, width) => Number(row === middle(height) && column === middle(width)),
  },
  {
    name: 'ramp',
    title: 'Ramp',
    line: 'Even growth to the right: a difference kernel gives the same everywhere.',
    at: (_, column, __, width) => column / Math.max(1, width - 1),
  },
  {
    name: 'step',
    title: 'Step edge',
    line: 'Dark beside bright: shows where an edge is found, and how wide.',
    at: (_, column, __, width) => Number(column >= middle(width)),
  },
  {
    name: 'diagonal',
    title: 'Diagonal edge',
    line: 'An edge that both Sobel kernels see.',
    at: (row, column, height, width) => Number((column + 0.5) / width >= (row + 0.5) / height),
  },
  {
    name: 'stripes',
    title: 'Stripes',
    line: 'Lines one cell wide: a stride of two sees only half of them.',
    at: (_, column) => column % 2,
  },
  {
    name: 'checkerboard',
    title: 'Checkerboard',
    line: 'The finest detail there is: a blur wipes it out.',
    at: (row, column) => (row + column) % 2,
  },
  {
    name: 'square',
    title: 'Square',
    line: 'Four edges and four corners.',
    at: (row, column, height, width) =>
      Number(
        Math.abs(row - (height - 1) / 2) < height / 4 &&
          Math.abs(column - (width - 1) / 2) < width / 4,
      ),
  },
  {
    name: 'ring',
    title: 'Ring',
    line: 'An edge in every direction.',
    at: (...place) => Math.max(0, 1 - Math.abs(distance(...place) - 0.65) * 3),
  },
  {
    name: 'blob',
    title: 'Blob',
    line: 'A soft spot without an edge.',
    at: (...place) => Math.exp(-3 * distance(...place) ** 2),
  },
  {
    name: 'ones',
    title: 'Ones',
    line: 'The same everywhere: shows what padding does.',
    at: () => 1,
  },
  {
    name: 'count',
    title: 'Counting',
    line: 'Every cell its own number, row by row: shows which cell went where.',
    at: (row, column, _, width) => row * width + column,
  },
];

/**
 * A pattern's values, each channel another mirror image; null where there is none of that name.
 * @param {string} name
 * @param {number} height
 * @param {number} width
 * @param {number} channels
 * @returns {Values | null}
 */
export function pattern(name, height, width, channels) {
  const found = PATTERNS.find((one) => one.name === name);
  if (!found) return null;
  const area = height * width;
  const plane = Float64Array.from({ length: area }, (_, cell) => {
    const value = found.at(Math.floor(cell / width), cell % width, height, width);
    return Math.round(value * 1000) / 1000;
  });
  const data = new Float64Array(channels * area);
  for (let channel = 0; channel < channels; channel++) {
    data.set(variation(plane, height, width, channel), channel * area);
  }
  return { shape: [channels, height, width], data };
}

/**
 * One map mirrored: the first channel's as it is, then left to right, top to bottom, both ways, and
 * again.
 * @param {Float64Array} plane
 * @param {number} height
 * @param {number} width
 * @param {number} channel
 */
export function variation(plane, height, width, channel) {
  const [isMirrored, isUpsideDown] = [channel % 2 === 1, channel % 4 > 1];
  return plane.map((_, cell) => {
    const [row, column] = [Math.floor(cell / width), cell % width];
    const across = isMirrored ? width - 1 - column : column;
    return plane[(isUpsideDown ? height - 1 - row : row) * width + across];
  });
}
