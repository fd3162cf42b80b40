import { html, nothing } from 'lit-html';

import { partNote } from '../core/encoding.js';
import { excerptOf } from '../core/layers/excerpt.js';
import { kindOf } from '../core/layers/registry.js';
import { writeExperiment } from '../core/link/experiment_code.js';
import { fixed, scientific } from '../core/number.js';
import { once } from '../core/once.js';
import { viewOf } from './layers/registry.js';
import { unexplained } from './layers/unexplained.js';

/**
 * @import {Excerpt} from '../core/layers/excerpt.js'
 * @import {WindowTrace} from '../core/layers/window.js'
 * @typedef {import('../core/layers/explain.js').Explained} Explained
 *
 * @typedef {object} CellModel
 * @property {Explained} explained
 * @property {boolean} isPinned
 * @property {boolean} isExact  the first picture's values come in bytes, which no number is printed of
 * @property {number} limit  of the output's colour range
 * @property {number} inputLimit
 * @property {(layer: string) => import('./hover_label.js').Grey} greyOf
 * @property {number} selectedInput  −1: the largest
 * @property {number} listed  terms of a sum that are listed
 * @property {readonly string[]} classes
 * @property {{name: string, value: number, how: (value: string) => string} | null} behind  the
 *   activation function's value
 * @property {number | null} lit  the term of the formula that is pointed at, there or in the pictures
 * @property {(term: number | null) => void} light
 * @property {(input: number) => void} select
 * @property {(length: number) => void} list
 * @property {unknown} seen  what it sees of the picture
 */

/** What the Lab has room for; an explained value never changes. @type {(trace: WindowTrace) => Excerpt | null} */
const excerptIn = once(excerptOf);

/** The Lab's address, relative to this page's. @param {Excerpt} excerpt */
function addressOf({ experiment, place: { channel, row, column } }) {
  const texts = new URLSearchParams(writeExperiment(experiment));
  texts.set('pin', ['output', channel, row, column].join('.'));
  if (channel > 0) texts.set('filter', String(channel));
  return `lab#${texts.toString().replaceAll('%2C', ',')}`;
}

/**
 * The way into the Lab with a layer's real input and weights, and what of them it has no room for.
 * @param {WindowTrace} trace
 */
function labLink(trace) {
  const excerpt = excerptIn(trace);
  if (!excerpt) return html`<p class="note">Its window is larger than the Lab’s.</p>`;
  // Written out only when it is wanted: while the pen moves, nobody follows it.
  const write = (/** @type {Event} */ { currentTarget: link }) => {
    if (link instanceof HTMLAnchorElement) link.href = addressOf(excerpt);
  };
  return html`<p class="lab-link">
    <a href="lab" @pointerenter=${write} @focus=${write} @click=${write}>Open in the Lab</a>${
      excerpt.notes.length ? html`<span class="note">: ${excerpt.notes.join('; ')}</span>` : nothing
    }
  </p>`;
}

/**
 * One value down to its products: tiles, formula, sums, bias, value, and the check against PyTorch.
 * @param {CellModel} model
 */
export function cellView(model) {
  const { explained } = model;
  const { layer, kind, position, isWaiting } = explained;
  const trace = model.isExact ? explained.trace : null;
  const isVolume = layer.output_shape.length === 3;
  return html`<section class="cell" aria-label="The value" @pointerleave=${() => model.light(null)}>
    <div class="cell-head">
      <h2 class="cell-title">
        ${isVolume ? `row ${position.row}, column ${position.column}` : unitTitle(model)}
      </h2>
      <p class="note">
        of ${layer.name}${isVolume ? ` · map ${position.channel}${partNote(layer, position.channel)}` : nothing}${
          isVolume && !model.isPinned ? ', click or use the arrow keys to pin a cell' : nothing
        }
      </p>
    </div>
    ${trace ? check(explained) : nothing}
    ${trace && kind.operation ? labLink(/** @type {WindowTrace} */ (trace)) : nothing}
    ${model.seen}
    ${
      isWaiting || !model.isExact
        ? html`<p class="note">The ${isWaiting ? 'weights' : 'exact values'} are on their way.</p>`
        : (trace ? viewOf(layer) : unexplained).cell(model)
    }
  </section>`;
}

/** @param {CellModel} model */
function unitTitle({ explained: { layer, position }, classes }) {
  const { activation, isLinear } = kindOf(layer);
  const isClass = layer.output_shape[0] === classes.length && (!activation || isLinear);
  return isClass
    ? `class ${classes[position.channel]}`
    : `unit ${position.channel}${partNote(layer, position.channel)}`;
}

/** Our number, PyTorch's, and how far apart they are. @param {Explained} explained */
function check({ trace, torchValue }) {
  const ours = trace?.value ?? NaN;
  const difference = Math.abs(ours - torchValue);
  return html`<p class="check" data-ours=${ours} data-torch=${torchValue}>
    <span>ours <strong>${sixDigits(ours)}</strong></span>
    <span>PyTorch <strong>${sixDigits(torchValue)}</strong></span>
    <span class="note">difference ${scientific(difference)}</span>
  </p>`;
}

/** Six decimals, or a power of ten where those would not say much. @param {number} value */
const sixDigits = (value) =>
  value !== 0 && Math.abs(value) < 1e-3 ? scientific(value, 5) : fixed(value, 6);
