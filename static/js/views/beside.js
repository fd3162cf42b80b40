import { html, nothing } from 'lit-html';

import { percent, shapeText } from '../core/number.js';
import { iconButton } from './button.js';

/**
 * @import {Changed} from '../core/changed_classes.js'
 * @typedef {{title: string, says: string | null}} Side  a network and the class that it names
 * @typedef {{name: string, shape: readonly number[]}} Named
 * @typedef {{swap: () => void, close: () => void}} BesideActions
 */

/** @param {Side} first @param {Side} second */
function sentence(first, second) {
  if (first.says === null || second.says === null) return 'The networks look at it.';
  return first.says === second.says
    ? `Both say ${first.says}.`
    : `${first.title} says ${first.says}, ${second.title} ${second.says}.`;
}

/** In points of a percent, with its sign. @param {number} share */
function points(share) {
  const value = Math.round(1000 * share) / 10;
  return `${value > 0 ? '+' : value < 0 ? '−' : ''}${Math.abs(value).toFixed(1)}`;
}

/** @param {Side} first @param {Side} second @param {readonly Changed[]} classes */
const classTable = (first, second, classes) => html`<table class="beside-classes">
  <thead>
    <tr>
      <th scope="col">class</th>
      <th scope="col">${first.title}</th>
      <th scope="col">${second.title}</th>
      <th scope="col" title="In points of a percent">difference</th>
    </tr>
  </thead>
  <tbody>
    ${classes.map(
      ({ label, before, now }) => html`<tr>
        <th scope="row">${label}</th>
        <td>${percent(before)}</td>
        <td>${percent(now)}</td>
        <td>${points(now - before)}</td>
      </tr>`,
    )}
  </tbody>
</table>`;

/** @param {Side} first @param {Side} second @param {readonly (readonly [Named, Named])[]} pairs */
const depthTable = (first, second, pairs) => html`<details class="beside-depths">
  <summary>Layers of the same depth</summary>
  <table>
    <thead>
      <tr><th scope="col">${first.title}</th><th scope="col">${second.title}</th></tr>
    </thead>
    <tbody>
      ${pairs.map(
        (pair) => html`<tr>
          ${pair.map(({ name, shape }) => html`<td>${name} <span class="note">${shapeText(shape)}</span></td>`)}
        </tr>`,
      )}
    </tbody>
  </table>
</details>`;

/**
 * What stands above the second of two networks: both their predictions, and which layers lie as deep.
 * @param {object} model
 * @param {Side} model.first
 * @param {Side} model.second
 * @param {string} model.headline  of the second
 * @param {readonly Changed[]} model.classes  before: of the first, now: of the second
 * @param {readonly (readonly [Named, Named])[]} model.pairs
 * @param {BesideActions} actions
 */
export function besideHead({ first, second, headline, classes, pairs }, { swap, close }) {
  return html`<div class="beside-words">
      <div class="beside-title">
        <h2>${headline}</h2>
        ${iconButton('swap', { name: 'Let the two change places', act: swap })}
        ${iconButton('x', { name: 'Show one network only', act: close })}
      </div>
      <p class="beside-says" role="status">${sentence(first, second)}</p>
      ${pairs.length > 0 ? depthTable(first, second, pairs) : nothing}
    </div>
    ${classes.length > 0 ? classTable(first, second, classes) : nothing}`;
}
