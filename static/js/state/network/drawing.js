import {
  EMPTY,
  PHOTO_TOOLS,
  UNALTERED,
  extendPoints,
  isEmpty,
} from '../../core/drawing/strokes.js';

/**
 * @import {Alteration, PhotoBase, Point, Tool} from '../../core/drawing/strokes.js'
 * @import {Base, Brush, Drawing, ImageBase, Paper, Preparation, SampleBase, Stroke} from './paper.js'
 *
 * A sample to lay on the paper; a photograph brings its base along.
 * @typedef {Omit<SampleBase, "kind"> & {shows?: string, photo?: PhotoBase}} Laid
 */

/** @param {Laid} sample @param {boolean} [isExample] @returns {Base} */
const baseOf = ({ photo, name, label, pixels }, isExample) =>
  photo ? { ...photo, isExample } : { kind: 'sample', name, label, pixels, isExample };

/** What a tool is on a paper: a photograph has tools of its own. @param {Tool} tool @param {Drawing['base']} base @returns {Tool} */
export function toolOn(tool, base) {
  if (tool === 'eraser') return tool;
  const isOfPhotos = PHOTO_TOOLS.some((each) => each === tool);
  if (base?.kind === 'photo') return isOfPhotos ? tool : PHOTO_TOOLS[0];
  return isOfPhotos ? 'pen' : tool;
}

/**
 * What a pen does on a paper. Undo, clear or a sample in mid-stroke leaves nothing to go on with.
 * @param {Paper} paper
 */
function strokeActions({ drawing, brush, replace, show, forget }) {
  /** The stroke under the pen. @type {Stroke | undefined} */
  let open;
  const openStroke = () => (drawing.value.strokes.at(-1) === open ? open : undefined);

  /** Leads the stroke under the pen on. @param {readonly Point[]} further @param {number} [at] */
  function extendStroke(further, at = performance.now()) {
    const stroke = openStroke();
    const points = stroke && extendPoints(stroke.points, further);
    if (!points || points === stroke.points) return;
    const { strokes } = drawing.value;
    open = { ...stroke, points };
    show({ ...drawing.value, strokes: [...strokes.slice(0, -1), open] }, at);
  }

  return {
    /**
     * Puts the pen (or the eraser) down.
     * @param {Point} point
     * @param {number} [at]  time of the event
     * @param {Tool} [tool]  another than the brush's, such as the eraser end of a pen
     */
    beginStroke(point, at = performance.now(), tool = brush.value.tool) {
      const { base, strokes } = drawing.value;
      const isOnExample = base?.kind === 'sample' && base.isExample && strokes.length === 0;
      open = { tool: toolOn(tool, base), size: brush.value.size, points: [point] };
      const under = isOnExample && tool === 'pen' ? null : base;
      replace({ ...drawing.value, base: under, strokes: [...strokes, open] }, at);
    },

    extendStroke,

    /** Lifts the pen at a point. @param {readonly Point[]} [last] @param {number} [at] */
    endStroke(last = [], at = performance.now()) {
      extendStroke(last, at);
      open = undefined;
    },

    /** Takes the newest stroke back as if it had never begun: the touch became a scroll. @param {number} [at] */
    cancelStroke(at = performance.now()) {
      if (openStroke()) forget(at);
      open = undefined;
    },
  };
}

/** What lies below the strokes. @param {Paper} paper */
function baseActions({ drawing, replace, show }) {
  return {
    /** Lays a sample on the paper, without strokes. @param {Laid} sample @param {number} [at] */
    setSample(sample, at = performance.now()) {
      const { base, strokes } = drawing.value;
      const isThere = base && base.kind !== 'image' && base.name === sample.name && !base.isExample;
      if (!isThere || strokes.length > 0) replace({ base: baseOf(sample), strokes: [] }, at);
    },

    /**
     * Lays a sample on a fresh page's paper: there is nothing to undo, and whoever begins to draw draws
     * on an empty paper; the eraser works on it.
     * @param {Laid} sample
     * @param {number} [at]
     */
    showExample(sample, at = performance.now()) {
      show({ base: baseOf(sample, true), strokes: [] }, at);
    },

    /**
     * Lays an image on the paper; what was drawn while it was on its way lies upon it, and undo takes
     * that off first.
     * @param {PhotoBase | Omit<ImageBase, 'kind'>} image
     * @param {number} [at]
     * @param {Drawing} [since]  what was on the paper when the image was chosen, which gives way to it
     */
    setImage(image, at = performance.now(), since = drawing.value) {
      const strokes = drawing.value.strokes.filter((stroke) => !since.strokes.includes(stroke));
      /** @type {Base} */
      const base = { kind: 'image', ...image };
      replace({ base, strokes: [] }, at);
      if (strokes.length > 0) replace({ base, strokes }, at);
    },
  };
}

/** What is done with a paper. @param {Paper} paper */
export function drawingActions(paper) {
  const { brush, doAt, drawing, preparation, redo, replace, undo } = paper;
  return {
    ...strokeActions(paper),
    ...baseActions(paper),
    undo,
    redo,

    /** Empties the paper; undo brings it back. @param {number} [at] */
    clear(at = performance.now()) {
      if (!isEmpty(drawing.value)) replace(EMPTY, at);
    },

    /**
     * Alters the network's input; changes of one kind that follow soon are one step of undo.
     * @param {Partial<Alteration>} change
     * @param {number} [at]
     */
    alter(change, at = performance.now()) {
      const altered = { ...UNALTERED, ...drawing.value.altered, ...change };
      const isNone = Object.values(altered).every((value) => value === 0);
      const { base, strokes } = drawing.value;
      const next = isNone ? { base, strokes } : { base, strokes, altered };
      replace(next, at, Object.keys(change).join());
    },

    /** @param {Partial<Brush>} change */
    setBrush(change) {
      brush.value = { ...brush.value, ...change };
    },

    /** @param {number | null} piece  of the ink, to be read by itself; null: all of it @param {number} [at] */
    choosePiece(piece, at = performance.now()) {
      paper.choosePiece(piece, at);
    },

    /** @param {Partial<Omit<Preparation, 'piece'>>} change @param {number} [at] */
    setPreparation(change, at = performance.now()) {
      doAt(at, () => void (preparation.value = { ...preparation.value, ...change }));
    },

    /** Takes a step of the preparation that is left out, or leaves it out. @param {Exclude<keyof Preparation, 'invert' | 'piece' | 'part'>} name @param {number} [at] */
    switchStep(name, at = performance.now()) {
      const now = preparation.value;
      doAt(at, () => void (preparation.value = { ...now, [name]: !now[name] }));
    },
  };
}
