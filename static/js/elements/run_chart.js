import uPlot from 'uplot';

import { aligned } from '../core/training/alignment.js';
import { nearestStep } from '../core/training/charts.js';
import { PaintedElement } from './canvas_element.js';
import { optionsOf } from './run_chart_options.js';

/**
 * @import {Line, Scale} from '../core/training/charts.js'
 * @import {Mark} from '../core/training/marks.js'
 * @import {Level} from '../render/chart_annotations.js'
 * @import {Theme} from '../render/theme.js'
 *
 * @typedef {object} ChartModel
 * @property {string} name  what it is called aloud
 * @property {readonly Line[]} lines
 * @property {Scale} scale
 * @property {number} steps  how long the axis is
 * @property {number} stepsPerEpoch
 * @property {'epoch' | 'step'} unit  what the axis is counted in
 * @property {number} stepsPerUnit
 * @property {readonly Mark[]} marks
 * @property {readonly Level[]} levels
 * @property {number | null} shown  the step of the moment that is shown
 * @property {number | null} held  that of the moment beside it
 * @property {number | null} pointed  the step that is read off
 * @property {readonly [number, number] | null} range  of the values, where it does not follow from them
 * @property {(value: number) => string} tick  how a value is printed at the axis
 */

/** A line that stands upright over a chart. @param {string} name */
function upright(name) {
  const made = document.createElement('div');
  made.className = name;
  made.hidden = true;
  return made;
}

/** What of a model lies over the drawing. */
const OVER = new Set(['pointed', 'shown', 'held']);

/** Whether two models differ in nothing that is drawn. @param {ChartModel} one @param {ChartModel} other */
function isSameDrawing(one, other) {
  const names = /** @type {(keyof ChartModel)[]} */ (Object.keys(one));
  return names.every((name) => OVER.has(name) || one[name] === other[name]);
}

/**
 * Curves over the steps of a run. Events: `point` (detail a step, or null) for what is read off, by pointer
 * or arrow keys; `choose` (detail a step) for a click or Enter.
 * @extends {PaintedElement<ChartModel>}
 */
export class RunChart extends PaintedElement {
  /** @type {uPlot | null} */ #plot = null;
  /** What the plot was made for; of something else it is made anew. */
  #made = '';
  /** @type {number | null} the step that is read off, also before a model says so */
  #at = null;
  #pointed = upright('chart-pointed');
  #shown = upright('chart-shown');
  #held = upright('chart-held');

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.tabIndex = 0;
    this.setAttribute('role', 'application');
    this.setAttribute('aria-roledescription', 'chart');
    const options = { signal };
    this.addEventListener('pointermove', (event) => this.#point(event), options);
    this.addEventListener('pointerdown', (event) => this.#point(event), options);
    this.addEventListener('pointerleave', () => this.#read(null), options);
    this.addEventListener('click', () => this.#choose(), options);
    this.addEventListener('keydown', (event) => this.#key(event), options);
    this.addEventListener('blur', () => this.#read(null), options);
    document.addEventListener('themechange', () => (this.#made = ''), options);
    this.watchSize(signal);
    signal.addEventListener('abort', () => this.#forget());
  }

  /** @override @param {ChartModel | null} before */
  update(before) {
    const now = this.model;
    this.#at = now?.pointed ?? null;
    if (!now || !before || !this.#plot || !isSameDrawing(before, now)) this.paintSoon();
    else this.#placeAll(now);
  }

  /** @override @param {Theme} theme */
  paint(theme) {
    const model = /** @type {ChartModel} */ (this.model);
    const [width, height] = [this.clientWidth, this.clientHeight];
    if (width === 0 || height === 0) return;
    this.ariaLabel = `${model.name}. Arrow keys read it step by step, Enter shows the moment.`;
    const data = /** @type {uPlot.AlignedData} */ (aligned(model.lines));
    const kinds = model.lines.map(({ name, shape, isOther }) => [name, shape, isOther]);
    const made = JSON.stringify([model.scale, model.unit, model.stepsPerUnit, kinds]);
    if (made !== this.#made) this.#forget();
    if (this.#plot) this.#follow(this.#plot, data, width, height);
    else {
      this.#made = made;
      const size = { width, height, now: () => this.clientWidth };
      const read = () => /** @type {ChartModel} */ (this.model);
      // The scales are there only once it has been drawn: what stands over it is placed then.
      const drawn = () => this.#placeAll(read());
      this.#plot = new uPlot(optionsOf(theme, read, size, drawn), data, this);
      this.#plot.over.append(this.#held, this.#shown, this.#pointed);
    }
  }

  /** @param {uPlot} plot @param {uPlot.AlignedData} data @param {number} width @param {number} height */
  #follow(plot, data, width, height) {
    if (plot.width !== width || plot.height !== height) plot.setSize({ width, height });
    plot.setData(data);
  }

  #forget() {
    this.#plot?.destroy();
    this.#plot = null;
  }

  /** @param {ChartModel} model */
  #placeAll({ shown, held, pointed }) {
    this.#place(this.#held, held);
    this.#place(this.#shown, shown);
    this.#place(this.#pointed, pointed);
  }

  /** @param {HTMLElement} mark @param {number | null} step */
  #place(mark, step) {
    mark.hidden = step === null;
    if (step === null || !this.#plot) return;
    const left = this.#plot.valToPos(step, 'x');
    mark.style.setProperty('transform', `translateX(${left}px)`);
  }

  /** @param {PointerEvent} event */
  #point({ clientX }) {
    if (!this.#plot) return;
    const { left, width } = this.#plot.over.getBoundingClientRect();
    const place = this.#plot.posToVal(Math.min(width, Math.max(0, clientX - left)), 'x');
    this.#read(nearestStep(this.#plot.data[0], place));
  }

  /** @param {number | null} step */
  #read(step) {
    this.#at = step;
    this.tell('point', step);
  }

  #choose() {
    if (this.#at !== null) this.tell('choose', this.#at);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Enter') this.#choose();
    else if (event.key === 'Escape') this.#read(null);
    else {
      const next = this.#stepped(event);
      if (next === null) return;
      this.#read(next);
    }
    event.preventDefault();
  }

  /** The step that a key leads to; null: it leads nowhere. @param {KeyboardEvent} event */
  #stepped({ key, shiftKey }) {
    const { shown, stepsPerEpoch } = /** @type {ChartModel} */ (this.model);
    const x = Array.from(this.#plot?.data[0] ?? []);
    const at = x.findLastIndex((step) => step <= (this.#at ?? shown ?? 0));
    const [by, epoch] = [shiftKey ? 10 : 1, Math.round(stepsPerEpoch)];
    /** @type {Record<string, number>} */
    const moves = {
      ArrowRight: at + by,
      ArrowLeft: at - by,
      PageUp: at + epoch,
      PageDown: at - epoch,
      Home: 0,
      End: x.length - 1,
    };
    if (!(key in moves) || x.length === 0) return null;
    return x[Math.min(x.length - 1, Math.max(0, moves[key]))];
  }
}

customElements.define('run-chart', RunChart);
