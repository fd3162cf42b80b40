import { divergingIndex, isLight } from '../core/colour.js';
import { significant } from '../core/number.js';
import { once } from '../core/once.js';
import { paintColours, paintValues } from './values.js';

/**
 * @import {Image, Patch} from '../core/attribution/picture.js'
 * @import {Places} from '../core/attribution/places.js'
 * @import {Theme} from './theme.js'
 *
 * A map over the picture that it is of.
 * @typedef {object} AttributionModel
 * @property {Image} image
 * @property {Places | null} places  null: none yet
 * @property {number} limit  from which absolute value on a place has the full colour
 * @property {boolean} isOver  whether the picture is seen through it
 * @property {{row: number, column: number} | null} cursor
 *
 * @typedef {{width: number, height: number}} Size  CSS px
 */

/** How much of the picture is left below a map, and how much a map covers at most. */
const PICTURE_SHARE = 0.45;
const MAP_SHARE = 0.9;
/** Cells have lines between them, and numbers in them, from these sizes on, CSS px. */
const LINED_PX = 8;
const NUMBERED_PX = 30;

/** @param {number} rows @param {number} columns @param {(pixels: Uint32Array) => void} paint */
function painted(rows, columns, paint) {
  const image = new ImageData(columns, rows);
  paint(new Uint32Array(image.data.buffer));
  const canvas = new OffscreenCanvas(columns, rows);
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/** The planes of an image as red, green and blue; one plane, or any other number, as the first's grey. @param {Image} image */
function planesOf({ shape: [channels, rows, columns], data }) {
  const size = rows * columns;
  return channels === 3 ? [0, 1, 2].map((c) => data.subarray(c * size, (c + 1) * size)) : [data];
}

/** How bright a colour is. Source: Rec. 709. @param {Float32Array[]} planes */
const luminance = ([red, green, blue]) =>
  red.map((value, i) => 0.2126 * value + 0.7152 * green[i] + 0.0722 * blue[i]);

const GREYS = Uint32Array.from({ length: 256 }, (_, i) => 0xff000000 + 0x10101 * i);

/** A picture in its own colours, of which those that are grey follow the theme. */
const coloured = once((/** @type {Image} */ image) =>
  once((/** @type {Theme} */ theme) => {
    const planes = planesOf(image);
    return painted(image.shape[1], image.shape[2], (pixels) => {
      if (planes.length === 3) paintColours(pixels, planes);
      else paintValues(pixels, planes[0], theme.input, 0, 1);
    });
  }),
);

/** The picture without colours, which are the map's. */
const colourless = once((/** @type {Image} */ image) => {
  const planes = planesOf(image);
  if (planes.length < 3) return coloured(image);
  const grey = painted(image.shape[1], image.shape[2], (pixels) =>
    paintValues(pixels, luminance(planes), GREYS, 0, 1),
  );
  return () => grey;
});

/**
 * The map, a pixel a place: opaque, or so that less is seen of the picture the more a place counts.
 * @param {AttributionModel & {places: Places}} model
 * @param {Theme} theme
 */
function mapOf({ places: { rows, columns, values }, limit, isOver }, theme) {
  const table = theme.gradient;
  return painted(rows, columns, (pixels) => {
    values.forEach((value, i) => {
      if (!isOver) return void (pixels[i] = table[divergingIndex(value, limit)]);
      const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0;
      const end = value < 0 ? table[0] : table[table.length - 1];
      pixels[i] = ((Math.round(255 * MAP_SHARE * share) << 24) | (end & 0xffffff)) >>> 0;
    });
  });
}

/** @param {CanvasRenderingContext2D} context @param {OffscreenCanvas} picture @param {Size} size @param {number} share */
function lay(context, picture, { width, height }, share) {
  context.imageSmoothingEnabled = false;
  context.globalAlpha = share;
  context.drawImage(picture, 0, 0, width, height);
  context.globalAlpha = 1;
}

/**
 * Draws a map over its picture, each place as one cell.
 * @param {CanvasRenderingContext2D} context  in CSS px
 * @param {AttributionModel} model
 * @param {Size} size
 * @param {Theme} theme
 */
export function drawAttribution(context, model, size, theme) {
  const { image, places, isOver, cursor } = model;
  context.fillStyle = theme.panel;
  context.fillRect(0, 0, size.width, size.height);
  if (!places) return lay(context, coloured(image)(theme), size, 1);
  if (isOver) lay(context, colourless(image)(theme), size, PICTURE_SHARE);
  lay(context, mapOf({ ...model, places }, theme), size, 1);
  const [across, down] = [size.width / places.columns, size.height / places.rows];
  if (Math.min(across, down) >= LINED_PX) drawLines(context, places, size, theme);
  if (!isOver && Math.min(across, down) >= NUMBERED_PX)
    drawNumbers(context, { ...model, places }, size, theme);
  if (!cursor) return;
  context.strokeStyle = theme.highlight;
  context.lineWidth = 2;
  const [x, y] = [cursor.column * across, cursor.row * down];
  // A pixel is smaller than its outline.
  const around = Math.min(across, down) < LINED_PX ? 2 : -1;
  context.strokeRect(x - around, y - around, across + 2 * around, down + 2 * around);
}

/** @param {CanvasRenderingContext2D} context @param {Places} places @param {Size} size @param {Theme} theme */
function drawLines(context, { rows, columns }, { width, height }, theme) {
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  context.globalAlpha = 0.6;
  context.beginPath();
  for (let r = 1; r < rows; r += 1) {
    const y = Math.round((r * height) / rows) + 0.5;
    context.moveTo(0, y);
    context.lineTo(width, y);
  }
  for (let c = 1; c < columns; c += 1) {
    const x = Math.round((c * width) / columns) + 0.5;
    context.moveTo(x, 0);
    context.lineTo(x, height);
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {AttributionModel & {places: Places}} model @param {Size} size @param {Theme} theme */
function drawNumbers(context, { places: { rows, columns, values }, limit }, size, theme) {
  const [across, down] = [size.width / columns, size.height / rows];
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = '10px Inter, sans-serif';
  values.forEach((value, i) => {
    const pixel = theme.gradient[divergingIndex(value, limit)];
    context.fillStyle = isLight(pixel) ? 'black' : 'white';
    const [x, y] = [((i % columns) + 0.5) * across, (Math.floor(i / columns) + 0.54) * down];
    context.fillText(significant(value, 2), x, y, across - 4);
  });
}

/**
 * Draws a picture and a patch over it.
 * @param {CanvasRenderingContext2D} context  in CSS px
 * @param {{image: Image, patch: Patch}} model  image: with what the patch covers already covered
 * @param {Size} size
 * @param {Theme} theme
 */
export function drawPatched(context, { image, patch }, size, theme) {
  lay(context, coloured(image)(theme), size, 1);
  const pixel = size.width / image.shape[2];
  context.strokeStyle = theme.highlight;
  context.lineWidth = 2;
  const side = patch.side * pixel;
  context.strokeRect(patch.column * pixel, patch.row * pixel, side, side);
}
