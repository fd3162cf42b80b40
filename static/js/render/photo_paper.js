/**
 * @import {PhotoPaint} from '../core/drawing/photo_paint.js'
 * @import {Drawing} from '../core/drawing/strokes.js'
 */

/** A canvas of a photograph's own pixels. @type {WeakMap<PhotoPaint, OffscreenCanvas>} */
const canvases = new WeakMap();

/** @param {PhotoPaint} paint @param {Drawing} drawing */
function pictureOf(paint, drawing) {
  const { rows, columns, planes } = paint.paint(drawing);
  const canvas = canvases.get(paint) ?? new OffscreenCanvas(columns, rows);
  canvases.set(paint, canvas);
  const image = new ImageData(columns, rows);
  const pixels = new Uint32Array(image.data.buffer);
  const area = rows * columns;
  for (let i = 0; i < area; i += 1)
    pixels[i] = (255 << 24) | (planes[2 * area + i] << 16) | (planes[area + i] << 8) | planes[i];
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

/**
 * Paints a photograph, with what is painted on it, in the middle of the paper.
 * @param {CanvasRenderingContext2D} context
 * @param {Drawing} drawing
 */
export function paintPhoto(context, drawing) {
  const { width: side } = context.canvas;
  context.clearRect(0, 0, side, side);
  if (drawing.base?.kind !== 'photo' || !drawing.base.paint) return;
  const { paint } = drawing.base;
  const [rows, columns] = paint.size;
  const scale = side / Math.max(rows, columns);
  const [width, height] = [scale * columns, scale * rows];
  context.imageSmoothingQuality = 'high';
  context.drawImage(
    pictureOf(paint, drawing),
    (side - width) / 2,
    (side - height) / 2,
    width,
    height,
  );
}
