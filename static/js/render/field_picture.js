import { beyond } from '../core/receptive_field.js';
import { paintColours, paintValues } from './values.js';

/**
 * @import {Box, Pixel} from '../core/receptive_field.js'
 * @import {Theme} from './theme.js'
 *
 * The network's picture or what is known of its pixels: grey or red, green and blue from 0 to 1, or signed
 * values up to a limit.
 * @typedef {{rows: number, columns: number, planes: readonly Float32Array[],
 *   palette: 'input' | 'gradient', limit?: number}} PixelPicture
 *
 * A place in an image, and how much a unit answers there; what a unit looks for, or why that is not known.
 * @typedef {{value: number, label: string, row: number, column: number, box: Box, picture: PixelPicture}} Patch
 * @typedef {{layer: string, channel: number, patches: readonly Patch[], failure: string}} UnitPatches
 *
 * `window`: which part is shown, in its pixels; it may reach beyond. `box` and `pixel` are outlined.
 * @typedef {{picture: PixelPicture, window: Box, box: Box | null, pixel: Pixel | null}} FieldModel
 */

/** How far apart the lines of the hatching are, CSS px. */
const HATCH_PX = 6;
/** The side of the mark of a pixel at least, CSS px. */
const LEAST_PX = 6;

/**
 * Paints every pixel once, one pixel each.
 * @param {Uint32Array} pixels  written
 * @param {PixelPicture} picture
 * @param {Theme} theme
 */
export function paintPicture(pixels, { planes, palette, limit = 1 }, theme) {
  if (planes.length === 3) paintColours(pixels, planes);
  else if (palette === 'input') paintValues(pixels, planes[0], theme.input, 0, 1);
  else paintValues(pixels, planes[0], theme.gradient, -limit, limit);
}

/**
 * Draws a part of a picture with a box and a pixel outlined; what the box has of padding is hatched.
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasImageSource} image  the whole picture, one pixel each
 * @param {FieldModel} model
 * @param {number} cell  CSS px a pixel
 * @param {Theme} theme
 */
export function drawField(context, image, { picture, window: shown, box, pixel }, cell, theme) {
  const { rows, columns } = picture;
  const rect = (/** @type {Box} */ part) =>
    /** @type {const} */ ([
      (part.left - shown.left) * cell,
      (part.top - shown.top) * cell,
      (part.right - part.left) * cell,
      (part.bottom - part.top) * cell,
    ]);
  const whole = { top: 0, left: 0, bottom: rows, right: columns };
  context.fillStyle = theme.sunk;
  context.fillRect(...rect(shown));
  context.imageSmoothingEnabled = cell < 1;
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, ...rect(whole));
  if (shown.top < 0 || shown.left < 0 || shown.bottom > rows || shown.right > columns) {
    context.strokeStyle = theme.lineStrong;
    context.lineWidth = 1;
    context.strokeRect(...rect(whole));
  }
  if (box) {
    const beside = beyond(box, [rows, columns]);
    if (beside.top + beside.left + beside.bottom + beside.right > 0)
      hatch(context, rect(box), rect(whole), theme);
    outline(context, rect(box), theme);
  }
  if (pixel) {
    const { row, column } = pixel;
    const [x, y] = rect({ top: row, left: column, bottom: row + 1, right: column + 1 });
    // Of a picture with many pixels one alone would not be seen.
    const grown = Math.max(0, (LEAST_PX - cell) / 2);
    const side = cell + 2 * grown;
    outline(context, [x - grown, y - grown, side, side], theme);
  }
}

/**
 * Outlines a part of the picture, the line outside of it as far as there is room.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly [number, number, number, number]} rect
 * @param {Theme} theme
 */
function outline(context, [x, y, width, height], theme) {
  const scale = context.getTransform().a;
  const [right, bottom] = [context.canvas.width / scale - 1, context.canvas.height / scale - 1];
  const [left, top] = [Math.max(1, x), Math.max(1, y)];
  context.strokeStyle = theme.highlight;
  context.lineWidth = 2;
  context.strokeRect(
    left,
    top,
    Math.max(1, Math.min(right, x + width) - left),
    Math.max(1, Math.min(bottom, y + height) - top),
  );
}

/**
 * Hatches what of a box lies beyond the picture.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly [number, number, number, number]} box
 * @param {readonly [number, number, number, number]} picture
 * @param {Theme} theme
 */
function hatch(context, box, picture, theme) {
  const [x, y, width, height] = box;
  context.save();
  context.beginPath();
  context.rect(...box);
  context.rect(...picture);
  context.clip('evenodd');
  context.beginPath();
  context.rect(...box);
  context.clip();
  context.fillStyle = theme.highlightWash;
  context.fillRect(...box);
  context.strokeStyle = theme.ink3;
  context.lineWidth = 1;
  context.beginPath();
  for (let at = -height; at < width; at += HATCH_PX) {
    context.moveTo(x + at, y + height);
    context.lineTo(x + at + height, y);
  }
  context.stroke();
  context.restore();
}
