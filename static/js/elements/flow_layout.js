import {
  OVERVIEW_ROWS,
  STRIP_ROWS,
  blockKind,
  mapSize,
  placeLayers,
  titleShape,
  totalColumns,
} from '../core/layers/layout.js';
import { shapeText } from '../core/number.js';

/** @import {LayerShape} from '../core/layers/layout.js' */

/** Below this width the layers stack, CSS px. */
const STACK_BELOW_PX = 640;
/** What stands around the maps, CSS px: between layers, a layer's title, the bars, the ledger's first rows. */
const LAYER_GAP_PX = 8;
const STRIP_PX = 16;
const TITLE_HEIGHT_PX = 46;
const BARS_PX = 108;
const LEDGER_PEEK_PX = 78;
/** A vector's title is wider than its strip. */
const STRIP_SECTION_PX = 33;
/** What a title takes with its shape in two lines, and a letter of a shape in one line. */
const TITLE_PX = 43;
const LETTER_PX = 5.8;

/**
 * How the layers lie in the space there is.
 * @param {readonly LayerShape[]} layers
 * @param {{width: number, height: number}} space  of the stage, of the window; CSS px
 * @param {boolean} isStrip  small, above an open layer
 * @param {number} zoom
 */
export function flowLayout(layers, space, isStrip, zoom) {
  const scale = window.devicePixelRatio;
  const gap = Math.max(1, Math.round(scale));
  const style = getComputedStyle(document.documentElement);
  const header = parseFloat(style.getPropertyValue('--header-height'));
  const padding = 2 * parseFloat(style.getPropertyValue('--space-4'));
  const isNarrow = space.width < STACK_BELOW_PX;
  if (isStrip) return strip(layers, scale, isNarrow);
  if (isNarrow) return stack(layers, space.width - 24, scale, gap);
  const kinds = layers.map(blockKind);
  const vectors = kinds.filter((kind) => kind === 'strip').length;
  const grids = kinds.filter((kind) => kind === 'maps').length;
  const columns = totalColumns(layers, OVERVIEW_ROWS);
  const around =
    padding + LAYER_GAP_PX * (layers.length - 1) + vectors * STRIP_SECTION_PX + BARS_PX;
  const size = mapSize({
    width: space.width - around,
    height: space.height - header - padding - TITLE_HEIGHT_PX - LEDGER_PEEK_PX,
    columns,
    rows: OVERVIEW_ROWS,
    scale,
    zoom,
    least: (TITLE_PX * grids) / columns,
  });
  const blocks = placeLayers(layers, {
    size,
    rows: OVERVIEW_ROWS,
    gap,
    strip: Math.round(STRIP_PX * scale),
  });
  const hasLongTitles = layers.some(
    (layer, place) =>
      kinds[place] === 'maps' &&
      LETTER_PX * shapeText(titleShape(layer)).length > blocks[place].width / scale,
  );
  return { mode: 'overview', blocks, scale, hasLongTitles };
}

/** @param {readonly LayerShape[]} layers @param {number} scale @param {boolean} isNarrow */
function strip(layers, scale, isNarrow) {
  const size = Math.round((isNarrow ? 7 : 10) * scale);
  const options = {
    size,
    rows: STRIP_ROWS,
    gap: 0,
    strip: Math.round(10 * scale),
    isCompact: true,
  };
  return { mode: 'strip', blocks: placeLayers(layers, options), scale, hasLongTitles: false };
}

/** @param {readonly LayerShape[]} layers @param {number} width @param {number} scale @param {number} gap */
function stack(layers, width, scale, gap) {
  const columns = width < 480 ? 8 : 16;
  const size = mapSize({ width, height: Infinity, columns, rows: 1, scale, zoom: 1 });
  const options = { size, rows: OVERVIEW_ROWS, gap, columns, strip: Math.round(20 * scale) };
  return { mode: 'stack', blocks: placeLayers(layers, options), scale, hasLongTitles: false };
}
