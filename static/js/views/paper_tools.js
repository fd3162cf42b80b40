import { html, nothing } from 'lit-html';

import { percent } from '../core/number.js';
import { button, iconButton, pressedChoice } from './button.js';

/**
 * @import {Alteration, Tool} from '../core/drawing/strokes.js'
 * @import {Changed} from '../core/changed_classes.js'
 *
 * @typedef {{alter: (change: Partial<Alteration>, at: number) => void,
 *   setBrush: (change: {tool: Tool}) => void}} ToolActions
 */

const TOOLS = /** @type {const} */ ([
  {
    value: 'patch',
    text: 'Grey',
    title: 'Paint grey, the mean of all photographs: nothing to see there',
  },
  { value: 'blur', text: 'Blur', title: 'Blur what is painted over' },
  { value: 'noise', text: 'Noise', title: 'Lay noise over what is painted over' },
]);
/** How far a slider turns, in degrees, and how much noise it adds. */
const [MOST_TURN, MOST_NOISE] = [45, 0.5];

/** The tools that paint on a photograph. @param {Tool} tool @param {ToolActions} actions */
export const photoTools = (tool, { setBrush }) =>
  pressedChoice('Paint with', TOOLS, tool, (value) => setBrush({ tool: value }), 'photo-tools');

/**
 * @param {{label: string, value: number, most: number, least: number, step: number, text: string}} model
 * @param {(value: number, at: number) => void} slide
 */
const slider = ({ label, value, most, least, step, text }, slide) => html`<label class="alter-row">
  <span>${label}</span>
  <input
    type="range"
    min=${least}
    max=${most}
    step=${step}
    .value=${String(value)}
    @input=${(/** @type {Event & {target: HTMLInputElement}} */ { target, timeStamp }) =>
      slide(target.valueAsNumber, timeStamp)}
  />
  <output>${text}</output>
</label>`;

/** @param {number} pixels @param {string} plus @param {string} minus */
const way = (pixels, plus, minus) =>
  pixels === 0 ? '' : `${Math.abs(pixels)} ${pixels > 0 ? plus : minus}`;

/** @param {Alteration} altered @param {ToolActions} actions */
function shiftRow({ right, down }, { alter }) {
  const arrow = (
    /** @type {string} */ symbol,
    /** @type {string} */ name,
    /** @type {Partial<Alteration>} */ change,
  ) => button(symbol, { name, title: name, shape: 'alter-arrow', act: (at) => alter(change, at) });
  const told = [way(right, 'right', 'left'), way(down, 'down', 'up')].filter(Boolean).join(', ');
  return html`<div class="alter-row" role="group" aria-label="Shift by pixels">
    <span>Shift</span>
    <span class="alter-arrows">
      ${arrow('←', 'Shift to the left', { right: right - 1 })}
      ${arrow('→', 'Shift to the right', { right: right + 1 })}
      ${arrow('↑', 'Shift up', { down: down - 1 })}
      ${arrow('↓', 'Shift down', { down: down + 1 })}
    </span>
    <output>${told || '0 px'}</output>
  </div>`;
}

/** The likeliest classes, before and now. @param {readonly Changed[]} changed @param {boolean} isTouched */
const changeTable = (changed, isTouched) => html`<table class="change-table">
  <caption>${isTouched ? 'What that changes' : 'The likeliest classes'}</caption>
  <thead>
    <tr>
      <th scope="col" colspan=${isTouched ? 1 : 2}>class</th>
      ${isTouched ? html`<th scope="col">before</th>` : nothing}<th scope="col">now</th>
    </tr>
  </thead>
  <tbody>
    ${changed.map(
      ({ label, before, now }) => html`<tr>
        <th scope="row" title=${label} colspan=${isTouched ? 1 : 2}>${label}</th>
        ${isTouched ? html`<td>${percent(before)}</td>` : nothing}
        <td class=${now > before ? 'is-more' : now < before ? 'is-less' : ''}>${percent(now)}</td>
      </tr>`,
    )}
  </tbody>
</table>`;

/**
 * What can be done to the input of a network to see what it relies on, and what that changes.
 * @param {object} model
 * @param {Alteration} model.altered
 * @param {boolean} model.isAltered
 * @param {Tool | null} model.tool  null: nothing is painted but strokes
 * @param {boolean} model.isOpen
 * @param {boolean} model.isTouched  whether anything was painted on a photograph, or altered
 * @param {readonly Changed[]} model.changed
 * @param {ToolActions} actions
 */
export function paperTools(model, actions) {
  const { altered, isAltered, isOpen, isTouched, tool, changed } = model;
  const { turn, noise } = altered;
  const { alter } = actions;
  return html`${tool ? photoTools(tool, actions) : nothing}
    <details class="alter" ?open=${isOpen}>
      <summary>What if… shift, turn, noise</summary>
      ${shiftRow(altered, actions)}
      ${slider({ label: 'Turn', value: turn, least: -MOST_TURN, most: MOST_TURN, step: 1, text: `${turn}°` }, (value, at) => alter({ turn: value }, at))}
      ${slider({ label: 'Noise', value: noise, least: 0, most: MOST_NOISE, step: 0.01, text: noise.toFixed(2) }, (value, at) => alter({ noise: value }, at))}
      ${
        isAltered
          ? iconButton('undo', {
              name: 'Take all of that back',
              act: (at) => alter({ right: 0, down: 0, turn: 0, noise: 0 }, at),
            })
          : nothing
      }
    </details>
    ${changed.length > 0 ? changeTable(changed, isTouched) : nothing}`;
}
