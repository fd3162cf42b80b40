import { paintChannel } from './maps.js';
import { panelRects } from './panel_layout.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Diverging, Sequential} from './scale.js'
 * @import {panelLayout} from './panel_layout.js'
 * @import {Theme} from './theme.js'
 *
 * What the panels show of one output map.
 * @typedef {object} PanelsModel
 * @property {Tensor} inputs  (C_in, H, W)
 * @property {readonly number[]} channels  those of the inputs that are read, one a panel
 * @property {Tensor} kernels  (channels, K_h, K_w)
 * @property {Tensor} partials  (channels, H_out, W_out)
 * @property {(theme: Theme) => Diverging | Sequential} inputScale
 * @property {number} kernelLimit
 * @property {number} partialLimit
 * @property {{top: number, left: number, rows: number, columns: number} | null} window  on the inputs
 * @property {{row: number, column: number} | null} cell  on the partial maps
 * @property {number} selected  input channel, −1 for none
 */

/**
 * Draws every panel.
 * @param {CanvasRenderingContext2D} context  in device pixels
 * @param {PanelsModel} model
 * @param {ReturnType<typeof panelLayout>} layout
 * @param {Theme} theme
 */
export function drawPanels(context, model, layout, theme) {
  const { width, height } = layout;
  const image = new ImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const count = model.channels.length;
  const inputScale = model.inputScale(theme);
  const kernelScale = {
    table: theme.weight,
    limits: new Float32Array(count).fill(model.kernelLimit),
  };
  const partialScale = {
    table: theme.activation,
    limits: new Float32Array(count).fill(model.partialLimit),
  };
  for (let c = 0; c < count; c += 1) {
    const { input, kernel, partial } = panelRects(layout, c);
    paintChannel(pixels, width, input, model.inputs, model.channels[c], inputScale);
    paintChannel(pixels, width, kernel, model.kernels, c, kernelScale);
    paintChannel(pixels, width, partial, model.partials, c, partialScale);
  }
  context.putImageData(image, 0, 0);
  for (let c = 0; c < count; c += 1) drawFrame(context, model, layout, theme, c);
}

/**
 * The hairlines, the signs, the window and the cell of one panel.
 * @param {CanvasRenderingContext2D} context
 * @param {PanelsModel} model
 * @param {ReturnType<typeof panelLayout>} layout
 * @param {Theme} theme
 * @param {number} channel
 */
function drawFrame(context, model, layout, theme, channel) {
  const { input, kernel, partial } = panelRects(layout, channel);
  const isSelected = channel === model.selected;
  context.strokeStyle = theme.lineStrong;
  context.lineWidth = 1;
  for (const { left, top, width, height } of [input, kernel, partial]) {
    context.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  }
  context.fillStyle = theme.ink;
  context.font = `${layout.font}px Inter, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const middle = input.top + input.height / 2;
  context.fillText('×', (input.left + input.width + kernel.left) / 2, middle);
  context.fillText('=', (kernel.left + kernel.width + partial.left) / 2, middle);
  context.strokeStyle = theme.highlight;
  context.lineWidth = (isSelected ? 2 : 1) * Math.max(1, Math.round(layout.scale));
  if (isSelected)
    context.strokeRect(kernel.left - 1, kernel.top - 1, kernel.width + 2, kernel.height + 2);
  const [, rows, columns] = model.inputs.shape;
  if (model.window) {
    strokeCells(context, input, { rows, columns }, model.window);
  }
  const [, outRows, outColumns] = model.partials.shape;
  if (model.cell) {
    const { row: top, column: left } = model.cell;
    strokeCells(
      context,
      partial,
      { rows: outRows, columns: outColumns },
      { top, left, rows: 1, columns: 1 },
    );
  }
}

/**
 * Outlines cells of a map, cut off at the map's border.
 * @param {CanvasRenderingContext2D} context
 * @param {{left: number, top: number, width: number, height: number}} rect
 * @param {{rows: number, columns: number}} map
 * @param {{top: number, left: number, rows: number, columns: number}} cells
 */
function strokeCells(context, rect, map, cells) {
  const [cellWidth, cellHeight] = [rect.width / map.columns, rect.height / map.rows];
  const clamp = (/** @type {number} */ value, /** @type {number} */ end) =>
    Math.max(0, Math.min(end, value));
  const x0 = clamp(cells.left * cellWidth, rect.width);
  const y0 = clamp(cells.top * cellHeight, rect.height);
  const x1 = clamp((cells.left + cells.columns) * cellWidth, rect.width);
  const y1 = clamp((cells.top + cells.rows) * cellHeight, rect.height);
  context.strokeRect(rect.left + x0, rect.top + y0, Math.max(2, x1 - x0), Math.max(2, y1 - y0));
}
