import { html, nothing } from 'lit-html';

import { excerptOf } from '../core/layers/excerpt.js';
import { writeExperiment } from '../core/link/experiment_code.js';

/**
 * @import {Excerpt} from '../core/layers/excerpt.js'
 * @import {WindowTrace} from '../core/layers/window.js'
 */

/** What was found before: an equation never changes. @type {WeakMap<object, Excerpt | null>} */
const known = new WeakMap();

/** @param {WindowTrace} trace */
function excerptIn(trace) {
  const before = known.get(trace.equation);
  const found = before === undefined ? excerptOf(trace) : before;
  known.set(trace.equation, found);
  return found;
}

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
export function labLink(trace) {
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
