import {
  OVERVIEW_ROWS,
  STRIP_ROWS,
  blockKind,
  placeLayers,
  titleShape,
} from '../core/layers/layout.js';
import { mapSize, overviewSize, titleWidth } from '../core/layers/map_size.js';
import { shapeText } from '../core/number.js';

/**
 * @import {LayerShape} from '../core/layers/layout.js'
 *
 * @typedef {LayerShape & {readonly label?: string, readonly fold?: {readonly equal: number}}} FlowLayer
 */

/** Below this width the layers stack, CSS px. */
const STACK_BELOW_PX = 640;
/**
 * What stands around the maps, CSS px: between layers, a title's height and how far it goes into the gap behind
 * it, the bars, those with names of words, how wide maps of one value lie together; isBroken: a name may take
 * two lines.
 * @typedef {{between: number, over: number, title: number, bars: number, named: number, points: number,
 *   isBroken: boolean}} Around
 */
/** @type {Around} */
const USUAL = {
  between: 8,
  over: 4,
  title: 46,
  bars: 116,
  named: 224,
  points: 43,
  isBroken: false,
};
/** Where that is more than there is. @type {Around} */
const TIGHT = {
  between: 3.5,
  over: 0,
  title: 61,
  bars: 96,
  named: 144,
  points: 26,
  isBroken: true,
};
/** Of one that is scrolled; of a vector; the ledger's first rows. */
const SCROLL_BAR_PX = 10;
const STRIP_PX = 16;
const LEDGER_PEEK_PX = 78;
/** Of more classes the bars have names of words. */
const NAMED_FROM = 20;
/** A letter of a shape in one line. */
const LETTER_PX = 5.8;

/** Maps of one value are as large as this at least; so wide they lie together in the strip. */
const POINT_PX = 4;
const STRIP_POINTS_PX = 30;

/** Beside a name: the mark of a fold, of several equal ones; the longest name. */
const NAME = { mark: 9, equal: 19, most: 112 };
/** Of hundreds of maps so many lie beside each other in the strip. */
const STRIP_BESIDE = 4;
/** Rows of maps at a time where layers are stacked. */
const STACKED_ROWS = 8;

/**
 * How the layers lie in the space there is.
 * @param {readonly FlowLayer[]} layers
 * @param {{width: number, height: number}} space  of the stage, of the window; CSS px
 * @param {boolean} isStrip  small, above an open layer
 * @param {number} zoom
 * @param {number} [above]  what stands above the network, CSS px; that of a deep one is 1 at least
 */
export function flowLayout(layers, space, isStrip, zoom, above = 0) {
  const scale = window.devicePixelRatio;
  const gap = Math.max(1, Math.round(scale));
  const isNarrow = space.width < STACK_BELOW_PX;
  const isDeep = above > 0;
  if (isStrip) return strip(layers, scale, isNarrow, isDeep);
  if (isNarrow) return stack(layers, space.width - 24, scale, gap);
  const kinds = layers.map(blockKind);
  // To ask for a style has every style of the page found anew.
  const style = getComputedStyle(document.documentElement);
  const header = parseFloat(style.getPropertyValue('--header-height'));
  const padding = 2 * parseFloat(style.getPropertyValue('--space-4'));
  const height = space.height - header - padding - LEDGER_PEEK_PX - above;
  const vector = Math.round(STRIP_PX * scale);
  const fixed = { rows: OVERVIEW_ROWS, scale, zoom, isDeep, strip: vector };
  const room = { width: space.width - padding, height, ...fixed };
  const usual = fitOf(layers, room, USUAL);
  const isTight = !usual.isFitting;
  const around = isTight ? TIGHT : USUAL;
  const { size, most, isOverlong } = isTight ? fitOf(layers, room, TIGHT) : usual;
  const blocks = placeLayers(layers, {
    size,
    most,
    points: pointsOf(around.points * zoom, scale),
    rows: OVERVIEW_ROWS,
    gap,
    strip: vector,
    shown: OVERVIEW_ROWS,
    isCompact: isDeep,
  });
  const hasLongTitles = layers.some(
    (layer, place) =>
      kinds[place] === 'maps' &&
      LETTER_PX * shapeText(titleShape(layer)).length > blocks[place].width / scale,
  );
  return { mode: 'overview', blocks, scale, hasLongTitles, isTight, isOverlong };
}

/**
 * Tells a network's element how its layers lie, for what dresses it.
 * @param {HTMLElement} flow
 * @param {ReturnType<typeof flowLayout>} plan
 * @param {number} brackets  CSS px of those above it
 */
export function tellPlan(flow, { mode, hasLongTitles, isTight, isOverlong }, brackets) {
  flow.dataset.mode = mode;
  flow.classList.toggle('has-long-titles', hasLongTitles);
  flow.classList.toggle('is-tight', isTight);
  flow.classList.toggle('is-overlong', isOverlong);
  flow.style.setProperty('--brackets', `${brackets}px`);
}

/** The room for maps of one value, device pixels. @param {number} width  CSS px @param {number} scale */
const pointsOf = (width, scale) => ({ width: width * scale, least: Math.round(POINT_PX * scale) });

/**
 * The size of a map with which a network fits.
 * @param {readonly FlowLayer[]} layers
 * @param {{width: number, height: number, rows: number, scale: number, zoom: number, isDeep: boolean,
 *   strip: number}} room  CSS px
 * @param {Around} around
 */
function fitOf(layers, room, around) {
  const { between, over, isBroken } = around;
  const titles = layers.map((shape) => {
    const { label = shape.name, fold } = shape;
    const [before, behind] = [fold ? NAME.mark : 0, (fold?.equal ?? 1) > 1 ? NAME.equal : 0];
    const title = titleWidth(shape, label, { before, behind, most: NAME.most, over, isBroken });
    return { shape, title: Math.max(STRIP_PX, title) };
  });
  const isBars = (/** @type {{shape: LayerShape}} */ { shape }) => blockKind(shape) === 'bars';
  const isNamed = titles.some((one) => isBars(one) && one.shape.output_shape[0] > NAMED_FROM);
  const others = titles.filter((one) => !isBars(one));
  return overviewSize(others, {
    ...room,
    between,
    scrollBar: SCROLL_BAR_PX,
    points: pointsOf(around.points, room.scale),
    width: room.width - (isNamed ? around.named : around.bars),
    height: room.height - around.title,
  });
}

/** @param {readonly FlowLayer[]} layers @param {number} scale @param {boolean} isNarrow @param {boolean} isDeep */
function strip(layers, scale, isNarrow, isDeep) {
  const size = Math.round((isNarrow ? 7 : 10) * scale);
  const options = {
    size,
    rows: STRIP_ROWS,
    gap: 0,
    points: pointsOf(STRIP_POINTS_PX, scale),
    strip: Math.round(10 * scale),
    isCompact: true,
    most: isDeep ? STRIP_BESIDE : Infinity,
    shown: STRIP_ROWS,
  };
  return {
    mode: 'strip',
    blocks: placeLayers(layers, options),
    scale,
    hasLongTitles: false,
    isTight: false,
    isOverlong: false,
  };
}

/** @param {readonly LayerShape[]} layers @param {number} width @param {number} scale @param {number} gap */
function stack(layers, width, scale, gap) {
  const columns = width < 480 ? 8 : 16;
  const size = mapSize({ width, columns, scale });
  const points = pointsOf(width, scale);
  const options = { size, rows: OVERVIEW_ROWS, gap, columns, shown: STACKED_ROWS, points };
  const blocks = placeLayers(layers, { ...options, strip: Math.round(20 * scale) });
  return {
    mode: 'stack',
    blocks,
    scale,
    hasLongTitles: false,
    isTight: false,
    isOverlong: false,
  };
}
