import { boardOf, centred, seenFrom } from '../core/stage/board.js';
import { linked } from '../core/stage/highlight.js';
import { stageHeight } from '../core/stage/height.js';
import { stationsOf } from '../core/stage/stations.js';
import { spokenPlace } from '../core/stage/sentences.js';
import { forgetGlyphs } from '../render/lab/glyphs.js';
import { PaintedElement } from './canvas_element.js';
import { LabCanvases } from './lab_canvases.js';
import { LabFrames } from './lab_frames.js';
import { listenToKeys } from './lab_keys.js';
import { listenToPointer } from './lab_pointer.js';

/**
 * @import {Experiment} from '../core/experiment/experiment.js'
 * @import {Board} from '../core/stage/board.js'
 * @import {Place} from '../core/stage/place.js'
 * @import {Theme} from '../render/theme.js'
 *
 * What the stage shows. `frame` is the last one that was made, `filter` the output channel whose
 * kernels are shown. With `isLarge` cells are large enough for numbers, and the stage scrolls.
 * @typedef {object} StageModel
 * @property {Experiment} experiment
 * @property {import('../core/experiment/outcome.js').Computed} outcome
 * @property {import('../core/experiment/outcome.js').Gradients | null} gradients
 * @property {{readonly kind: string}} see
 * @property {Place | null} spot
 * @property {boolean} isPinned
 * @property {number} frame
 * @property {number} filter
 * @property {string | null} lit
 * @property {readonly Place[]} [marked]  cells of the product that a formula points at
 * @property {import('../core/compare/shift.js').Shifted | null} [shift]  what a shift of the input did
 * @property {boolean} [isLarge]
 * @property {number | null} [brush]  the value that is painted; null: the opposite of what is there
 * @property {boolean} [isPainting]  whether touch paints rather than scrolls
 */

/** Cells of this size hold a number, CSS px. */
const LARGE_CELL = 30;
/** Room around the planes, for what is drawn around them, CSS px. */
const MARGIN = 8;

/** What the picture of the numbers depends on; the rest is drawn over it. */
const PAINTED = /** @type {const} */ (['experiment', 'outcome', 'gradients', 'frame', 'filter']);

/**
 * One operation as planes of cells. Its property `model` is a StageModel. Events: `point`, `walk`
 * and `pin` (detail a Place, of `point` also null), `paint-input` (detail {channel, row, column,
 * value, phase}), `edit-gradient` (detail {channel, row, column, value}), and `arrange` when the planes
 * have been placed anew.
 * @extends {PaintedElement<StageModel>}
 */
export class LabStage extends PaintedElement {
  #canvases = new LabCanvases();
  #frames = new LabFrames();
  /** @type {StageModel | null} */ #shown = null;
  /** All planes, and those in view, as seen from its corner. @type {Board | null} */ #whole = null;
  /** @type {Board | null} */ #board = null;
  /** The colours of what is shown. @type {Theme | null} */ #theme = null;
  /** Does something in the frame after the one with the planes. @type {(act: () => void) => void} */
  later = (act) => void requestAnimationFrame(act);
  #width = 0;
  #height = 0;
  /** The size of what is in view, and where it has been scrolled to, CSS px. To ask for them costs a layout. */
  #room = { across: 0, down: 0 };
  #scrolled = { left: 0, top: 0 };

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.append(this.#canvases.host, this.#frames.host);
    // Its first picture is as high as it stays: what is below would move with it.
    this.#width = this.clientWidth;
    void document.fonts.ready.then(() => {
      forgetGlyphs();
      this.#anew();
    });
    this.watchSize(signal);
    this.addEventListener('scroll', () => this.#scroll(), { signal, passive: true });
    listenToPointer(this, signal);
    listenToKeys(this, signal);
  }

  /** @override */
  resized() {
    const { clientWidth: across, clientHeight: down } = this;
    if (across !== this.#width) this.#anew();
    this.#width = across;
    this.#room = { across, down };
  }

  #scroll() {
    this.#scrolled = { left: this.scrollLeft, top: this.scrollTop };
    this.#anew();
  }

  /** Where the planes stand on the surface. */
  get board() {
    return this.#board;
  }

  /** The element that planes are placed in. */
  get surface() {
    return this.#canvases.numbers;
  }

  /** What answers the place that is explained. */
  get links() {
    const { model } = this;
    return model?.spot ? linked(model.experiment, model.see, model.spot) : null;
  }

  /** Lets the arrow keys walk over a side. @param {Place['side']} side */
  focusSide(side) {
    this.#frames.focus(side);
  }

  /** Says a place to a screen reader. @param {Place} place */
  say(place) {
    const { model } = this;
    if (!model) return;
    const links = linked(model.experiment, model.see, place);
    this.#frames.say(spokenPlace(model, place, links));
  }

  #anew() {
    this.#shown = null;
    this.#canvases.forget();
    this.paintSoon();
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    if (theme !== this.#theme) this.#shown = null;
    this.#theme = theme;
    const [{ model }, before] = [this, this.#shown];
    if (!model || this.#width === 0) return;
    this.#shown = model;
    const isMoved =
      !before ||
      before.experiment !== model.experiment ||
      before.see.kind !== model.see.kind ||
      before.isLarge !== model.isLarge;
    // Hidden since, and not told yet: it is drawn once it is seen again.
    if (isMoved && !this.#arrange(model)) return void (this.#shown = null);
    const [whole, board] = [this.#whole, this.#board];
    if (!whole || !board) return;
    const hasWindow = board.boxes.some(({ role }) => role === 'window');
    const isPainted =
      !isMoved &&
      PAINTED.every((name) => before?.[name] === model[name]) &&
      (!hasWindow || before?.spot === model.spot);
    if (!isPainted) this.#canvases.paint(model, board, theme);
    if (isMoved && before) return this.later(this.#follow);
    if (!isPainted) this.#frames.show(model, whole);
    this.#canvases.answer(model, board, this.links, theme);
    if (isMoved) this.tell('arrange');
  }

  /** What follows from planes that have been placed anew: what is said of them, what answers. */
  #follow = () => {
    const [model, whole, board, theme] = [this.#shown, this.#whole, this.#board, this.#theme];
    if (!model || !whole || !board || !theme) return;
    this.#frames.show(model, whole);
    this.#canvases.answer(model, board, this.links, theme);
    this.tell('arrange');
  };

  /**
   * Places the planes in the middle of the stage, which is as high as it has to be.
   * @param {StageModel} model
   * @returns {boolean} whether there is room for them
   */
  #arrange({ experiment, see, isLarge }) {
    const stations = stationsOf(experiment, see);
    const height = stageHeight(stations, this.#width, innerHeight);
    if (height !== this.#height) {
      this.style.setProperty('height', `${height}px`);
      this.#height = height;
      this.#room = { across: this.clientWidth, down: this.clientHeight };
    }
    const { across, down } = this.#room;
    if (across === 0) return false;
    const least = isLarge ? LARGE_CELL : 1;
    const board = boardOf(stations, across - MARGIN, down - MARGIN, least);
    this.#whole = centred(board, across, down, MARGIN);
    this.#canvases.fit(across, down);
    this.#board = seenFrom(this.#whole, this.#scrolled.left, this.#scrolled.top);
    return true;
  }
}

customElements.define('lab-stage', LabStage);
