// Where the panels of one output map lie: input × kernel = partial map, one for each input channel.

/** @import {PanelsModel} from './panels.js' */

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
  const count = model.channels.length;
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

/** Where the three pictures of a panel lie. @param {ReturnType<typeof panelLayout>} layout @param {number} channel */
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
  if (gx < 0 || gx >= layout.columns || gy < 0 || input >= model.channels.length) return null;
  const { partial } = panelRects(layout, input);
  const [, rows, columns] = model.partials.shape;
  const row = Math.floor(((y - partial.top) / partial.height) * rows);
  const column = Math.floor(((x - partial.left) / partial.width) * columns);
  const isOnCell = row >= 0 && column >= 0 && row < rows && column < columns;
  return { input, row: isOnCell ? row : null, column: isOnCell ? column : null };
}
