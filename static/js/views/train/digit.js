import { html, nothing } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';

import { percent, significant } from '../../core/number.js';
import { momentText } from '../../core/training/moments.js';
import { momentMarks } from '../../core/training/moment_order.js';
import {
  bandClasses,
  bestAt,
  probabilitiesAt,
  settled,
} from '../../core/training/probability_bands.js';
import { drawingTools, imageUpload } from '../drawing_panel.js';
import { samplesTray } from '../samples.js';

/**
 * @import {Tensor} from '../../core/tensor.js'
 * @import {Moment} from '../../core/training/moments.js'
 * @import {Drawing} from '../../core/drawing/strokes.js'
 *
 * How probable every moment finds each class. `step`: of the one that is marked; `held`: of the one beside it.
 * @typedef {{title: string, step: number, held: number | null, classes: readonly string[],
 *   moments: readonly Moment[], probabilities: Tensor, isOld: boolean}} ReadTimeline
 * @typedef {{name: string, layer: string, maps: Tensor, isOld: boolean}} MomentMaps
 *
 * @typedef {object} DigitModel
 * @property {Element} surface  the paper itself
 * @property {Drawing} drawing
 * @property {import('../drawing_panel.js').Brush} brush
 * @property {boolean} canUndo
 * @property {boolean} canRedo
 * @property {readonly import('../samples.js').Sample[]} samples
 * @property {readonly string[]} classes
 * @property {boolean} busy
 * @property {string | null} error
 * @property {string} notice
 * @property {readonly ReadTimeline[]} read
 * @property {readonly MomentMaps[]} shown
 * @property {number} limit  of their colours
 * @property {string} lack  why nothing is read, where no moment is kept
 * @property {string} failure
 *
 * @typedef {import('../drawing_panel.js').PanelActions & {scrub: (step: number) => void}} DigitActions
 */

const PREFIX = 'digit-';

/** @param {DigitModel} model @param {DigitActions} actions */
export function digitView(model, actions) {
  const { surface, drawing, brush, canUndo, canRedo, samples, classes, busy, error, notice } =
    model;
  const isEmpty = drawing.base === null && drawing.strokes.length === 0;
  const tools = { brush, canUndo, canRedo, isEmpty, prefix: PREFIX };
  return html`<div class="digit-panel" data-image-place>
    <div class="digit-input">
      <div class="paper">${surface}</div>
      <div class="digit-tools">
        ${guard([brush, canUndo, canRedo, isEmpty], () => drawingTools(tools, actions))}
        ${guard([samples, classes, drawing.base], () => samplesTray({ samples, classes, drawing }, actions))}
        ${guard([busy, error, notice], () => imageUpload({ busy, error, notice, prefix: PREFIX }, actions))}
      </div>
    </div>
    <div class="digit-read">
    ${model.lack ? html`<p class="note" role="status">${model.lack}</p>` : nothing}
    ${model.failure ? html`<p class="note" role="status">${model.failure}</p>` : nothing}
    ${model.read.map((one) => timelineOf(one, model, actions))}
    ${model.shown.length > 0 ? mapsOf(model) : nothing}
    </div>
  </div>`;
}

/** The mark of a moment, or of the last one before it that has been read. @param {ReadTimeline} read @param {number} step */
function markedAt({ moments }, step) {
  const at = moments.findLastIndex((moment) => moment.step <= step);
  return Math.max(0, at);
}

/** What a moment takes the drawing for. @param {ReadTimeline} read @param {number} at  which moment */
function answerOf({ classes, moments, probabilities }, at) {
  const best = bestAt(probabilities, at);
  return html`<p class="digit-answer" role="status">
    ${
      best < 0
        ? 'The weights of this moment are no numbers.'
        : html`<strong>${classes[best]}</strong> ${percent(probabilitiesAt(probabilities, at)[best])}`
    }
    <span class="note">${momentText(moments[at])}</span>
  </p>`;
}

/** What a run made of the drawing, over all its moments. @param {ReadTimeline} read @param {DigitModel} model @param {DigitActions} actions */
function timelineOf(read, { read: all }, { scrub }) {
  const { title, step, held, classes, moments, probabilities, isOld } = read;
  const at = markedAt(read, step);
  const bands = bandClasses(probabilities);
  const left = Math.min(90, Math.max(16, ...bands.map((index) => 8 * classes[index].length + 6)));
  return html`<section class=${`digit-timeline ${isOld ? 'is-old' : ''}`}>
    ${all.length > 1 ? html`<h3>${title}</h3>` : nothing}
    ${answerOf(read, at)} ${held === null ? nothing : answerOf(read, markedAt(read, held))}
    <probability-bands
      .label=${`Probability of each class at every moment of ${title}`}
      .model=${{
        probabilities,
        bands,
        names: bands.map((index) => classes[index]),
        classes,
        marks: momentMarks(moments, moments.length / 4),
        times: moments.map(momentText),
        at,
        left,
      }}
      @choose=${(/** @type {CustomEvent<number>} */ { detail }) => scrub(moments[detail].step)}
    ></probability-bands>
    <p class="note">${sinceText(read)}</p>
  </section>`;
}

/** Since when the answer has been the same. @param {ReadTimeline} read */
function sinceText({ classes, moments, probabilities }) {
  const found = settled(probabilities);
  if (!found) return '';
  const { index, since } = found;
  if (since === 0) return `Taken for ${classes[index]} from the beginning.`;
  return since === moments.length - 1
    ? `Taken for ${classes[index]} at the last of ${moments.length} moments only.`
    : `Taken for ${classes[index]} since ${momentText(moments[since])}.`;
}

/** The first convolution's maps. @param {DigitModel} model */
function mapsOf({ shown, limit }) {
  const titleOf = (/** @type {MomentMaps} */ { layer, maps }) => `${layer}, ${maps.shape[0]} maps`;
  const first = titleOf(shown[0]);
  const nameOf = (/** @type {MomentMaps} */ one) =>
    titleOf(one) === first ? one.name : `${one.name}: ${titleOf(one)}`;
  return html`<section class="digit-maps">
    <h3>${first}, ±${significant(limit)}</h3>
    ${shown.map(
      (one) => html`<div class=${one.isOld ? 'is-old' : ''} aria-busy=${String(one.isOld)}>
        <p class="note">${nameOf(one)}</p>
        <kernel-wall
          .label=${`The maps of ${one.layer} for the drawing, ${one.name}`}
          .model=${{ weight: pictures(one.maps), limit, palette: 'activation', largest: 1 }}
        ></kernel-wall>
      </div>`,
    )}
  </section>`;
}

/** @type {WeakMap<Tensor, Tensor>} */
const made = new WeakMap();

/** Maps as pictures of one input each: the same value every time, so that they are painted once. @param {Tensor} maps */
function pictures(maps) {
  const known = made.get(maps);
  if (known) return known;
  const [count, rows, columns] = maps.shape;
  const tensor = { shape: [count, 1, rows, columns], data: maps.data };
  made.set(maps, tensor);
  return tensor;
}
