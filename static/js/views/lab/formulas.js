import { html, nothing } from 'lit-html';

import { operationOf } from '../../core/operations/registry.js';
import { sizeFormula, spokenSize } from '../../core/stage/formulas.js';
import { count } from '../../core/number.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Computed} from '../../core/experiment/outcome.js'
 * @import {ValueFormula} from '../../core/stage/value_formula.js'
 * @typedef {object} FormulasModel
 * @property {Experiment} experiment
 * @property {Computed} outcome
 * @property {ValueFormula | null} value
 * @property {string | null} lit
 * @property {(name: string | null) => void} light
 * @property {(term: number | null) => void} pointTerm  told which product of the value is pointed at
 */

/** The formulas with their live numbers: size, the explained value, what it costs. @param {FormulasModel} model */
export function formulas(model) {
  const { experiment, outcome, value, lit, light } = model;
  const over = (/** @type {Event} */ event) => light(litName(event.target));
  return html`<div
    class="lab-formulas"
    data-lit=${lit ?? ''}
    @pointerover=${over}
    @pointerleave=${() => light(null)}
  >
    ${sizes(experiment, outcome)} ${value ? valueLines(value, model.pointTerm) : nothing} ${costs(model)}
  </div>`;
}

/** The setting that a piece of a formula stands for. @param {EventTarget | null} target */
function litName(target) {
  const piece = target instanceof Element ? target.closest('[data-setting]') : null;
  return piece?.getAttribute('data-setting') ?? null;
}

/**
 * The output size: one formula where height and width come about alike.
 * @param {Experiment} experiment
 * @param {Computed} outcome
 */
function sizes({ operation }, { height, width }) {
  const [down, across] = [sizeFormula(height, 'H', operation), sizeFormula(width, 'W', operation)];
  const isOne = down.numbers === across.numbers;
  const lines = /** @type {const} */ ([
    ['H', height, down],
    ['W', width, across],
  ]);
  return html`<section class="lab-formula" aria-label="Output size">
    <h3>size</h3>
    ${lines.slice(isOne ? 1 : 0).map(
      ([letter, step, formula]) => html`<div class="lab-formula-lines">
          ${line(formula.symbols, spokenSize(step, letter), 'is-symbols')}
          ${line(formula.numbers, spokenSize(step, letter))}
          ${formula.remainder ? line(formula.remainder, 'What the division leaves.', 'is-remainder') : nothing}
        </div>`,
    )}
  </section>`;
}

/**
 * @param {string} tex
 * @param {string} label
 * @param {string} [shape]
 * @param {(event: CustomEvent<number | null>) => void} [point]
 */
function line(tex, label, shape = '', point = () => {}) {
  return html`<div class=${`formula ${shape}`}>
    <math-formula .label=${label} .tex=${tex} @term=${point}></math-formula>
  </div>`;
}

/** @param {ValueFormula} value @param {(term: number | null) => void} pointTerm */
function valueLines({ symbols, numbers, spoken }, pointTerm) {
  const point = (/** @type {CustomEvent<number | null>} */ { detail }) => pointTerm(detail);
  return html`<section class="lab-formula" aria-label="Value">
    <h3>value</h3>
    <div class="lab-formula-lines">
      ${line(symbols, spoken, 'is-symbols')} ${numbers ? line(numbers, spoken, '', point) : nothing}
    </div>
  </section>`;
}

/** Parameters, multiply-accumulates, and what a fully connected layer would take. @param {FormulasModel} model */
function costs({ experiment, outcome }) {
  const { cost, dense, output } = outcome;
  const positions = operationOf(experiment).isTransposed ? experiment.input.shape : output.shape;
  const places = positions[1] * positions[2];
  return html`<section class="lab-formula" aria-label="Cost">
    <h3>cost</h3>
    <dl class="lab-costs">
      <div>
        <dt>parameters</dt>
        <dd>${cost ? html`${cost.expression} = <strong>${count(cost.total)}</strong>` : html`<strong>0</strong>`}</dd>
      </div>
      <div>
        <dt>multiply-accumulates</dt>
        <dd>
          ${
            cost
              ? html`${count(cost.weight)} · ${count(places)} = <strong>${count(cost.multiplyAccumulates)}</strong>`
              : html`<strong>0</strong>`
          }
        </dd>
      </div>
      <div>
        <dt>fully connected instead</dt>
        <dd>${dense.expression} = <strong>${count(dense.total)}</strong></dd>
      </div>
    </dl>
  </section>`;
}
