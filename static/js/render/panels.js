import { paintChannel } from './maps.js';

/**
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 * @typedef {import('./maps.js').Diverging} Diverging
 * @typedef {import('./maps.js').Sequential} Sequential
 * @typedef {import('./theme.js').Theme} Theme
 *
 * What the panels show of one output map.
 * @typedef {object} PanelsModel
 * @property {Tensor} inputs  (C_in, H, W)
 * @property {Tensor} kernels  (C_in, K_h, K_w)
 * @property {Tensor} partials  (C_in, H_out, W_out)
 * @property {(theme: Theme) => Diverging | Sequential} inputScale
 * @property {number} kernelLimit
 * @property {number} partialLimit
 * @property {{top: number, left: number, rows: number, columns: number} | null} window  on the inputs
 * @property {{row: number, column: number} | null} cell  on the partial maps
 * @property {number} selected  input channel, −1 for none
 */

/** Space around a panel's pictures, CSS px. */
const INNER_PX = 2;
/** A sign's place and size, as shares of a map's side, and at least so large, CSS px. */
const SIGN = { place: 0.16, least: 14, font: 0.13, leastFont: 14 };
const COLUMN_GAP_PX = 18;
const ROW_GAP_PX = 10;

/**
 * Sizes of the panels for a width, in device pixels.
 * @param {PanelsModel} model
 * @param {number} widthPx  CSS px
 * @param {number} scale  device pixels a CSS px
 */
export function panelLayout(model, widthPx, scale) {
  const count = model.inputs.shape[0];
  const inner = Math.round(INNER_PX * scale);
  const signPx = (/** @type {number} */ map) =>
    Math.round(Math.max(SIGN.least * scale, SIGN.place * map));
  const columnGap = Math.round(COLUMN_GAP_PX * scale);
  const rowGap = Math.round(ROW_GAP_PX * scale);
  const wanted = count > 16 ? 42 : count > 4 ? 84 : 168;
  const room = Math.floor(widthPx * scale);
  const widthOf = (/** @type {number} */ map) =>
    2 * map + kernelPx(map) + 2 * (2 * inner + signPx(map));
  let map = Math.round((wanted * scale) / 14) * 14;
  while (map > 28 && widthOf(map) > room) map -= 14;
  const columns = Math.max(
    1,
    Math.min(count, Math.floor((room + columnGap) / (widthOf(map) + columnGap))),
  );
  const lines = Math.ceil(count / columns);
  return {
    map,
    kernel: kernelPx(map),
    inner,
    sign: signPx(map),
    font: Math.round(Math.max(SIGN.leastFont * scale, SIGN.font * map)),
    columns,
    stepX: widthOf(map) + columnGap,
    stepY: map + rowGap,
    width: Math.min(room, columns * (widthOf(map) + columnGap) - columnGap),
    height: lines * (map + rowGap) - rowGap + 2,
    scale,
  };
}

/** @param {number} map  device pixels */
const kernelPx = (map) => Math.round((map * 0.6) / 3) * 3;

/**
 * Where the three pictures of a panel lie.
 * @param {ReturnType<typeof panelLayout>} layout
 * @param {number} channel
 */
export function panelRects(layout, channel) {
  const left = (channel % layout.columns) * layout.stepX;
  const top = Math.floor(channel / layout.columns) * layout.stepY + 1;
  const between = layout.sign + 2 * layout.inner;
  const kernelLeft = left + layout.map + between;
  const partialLeft = kernelLeft + layout.kernel + between;
  return {
    input: { left, top, width: layout.map, height: layout.map },
    kernel: {
      left: kernelLeft,
      top: top + Math.round((layout.map - layout.kernel) / 2),
      width: layout.kernel,
      height: layout.kernel,
    },
    partial: { left: partialLeft, top, width: layout.map, height: layout.map },
  };
}

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
  const count = model.inputs.shape[0];
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
    paintChannel(pixels, width, input, model.inputs, c, inputScale);
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

/**
 * The panel under a point and, on its partial map, the cell.
 * @param {PanelsModel} model
 * @param {ReturnType<typeof panelLayout>} layout
 * @param {number} x  device pixels
 * @param {number} y  device pixels
 * @returns {{input: number, row: number | null, column: number | null} | null}
 */
export function panelAt(model, layout, x, y) {
  const [gx, gy] = [Math.floor(x / layout.stepX), Math.floor(y / layout.stepY)];
  const input = gy * layout.columns + gx;
  if (gx < 0 || gx >= layout.columns || gy < 0 || input >= model.inputs.shape[0]) return null;
  const { partial } = panelRects(layout, input);
  const [, rows, columns] = model.partials.shape;
  const row = Math.floor(((y - partial.top) / partial.height) * rows);
  const column = Math.floor(((x - partial.left) / partial.width) * columns);
  const isOnCell = row >= 0 && column >= 0 && row < rows && column < columns;
  return { input, row: isOnCell ? row : null, column: isOnCell ? column : null };
}
