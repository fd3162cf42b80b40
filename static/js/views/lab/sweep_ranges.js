import { html } from 'lit-html';

import { MOST_COMBINATIONS } from '../../core/limits.js';
import { choicesOf, rangeNames, withChoice } from '../../core/sweep/grid.js';
import { button } from '../button.js';

/** @import {RangeName} from '../../core/sweep/grid.js' */

/** @type {Record<RangeName, string>} */
const NAMES = {
  kernel_size: 'kernel size',
  stride: 'stride',
  padding: 'padding',
  dilation: 'dilation',
  ceil_mode: 'ceil mode',
};

/**
 * What the sweep goes through.
 * @param {object} model
 * @param {string} model.id  of the Lab
 * @param {import('../../core/experiment/experiment.js').Experiment} model.experiment
 * @param {import('../../core/sweep/sweep.js').SweepRanges} model.ranges
 * @param {number} model.combinations
 * @param {boolean} model.isChoosing
 * @param {import('../../state/lab/lab.js').Actions} actions
 */
export function sweepRanges({ id, experiment, ranges: chosen, combinations, isChoosing }, actions) {
  const tooMany = combinations > MOST_COMBINATIONS;
  return html`<div class="sweep-ranges" id=${`${id}-sweep-ranges`} ?hidden=${!isChoosing}>
    ${rangeNames(experiment).map(
      (name) => html`<div class="sweep-range" role="group" aria-label=${NAMES[name]}>
        <span class="sweep-range-name">${NAMES[name]}</span>
        <span class="sweep-choices">
          ${choicesOf(experiment, chosen, name).map(({ value, isOn, isNow }) => {
            const text = name === 'ceil_mode' ? (value ? 'up' : 'down') : `${value}`;
            return button(text, {
              title: isNow ? 'As it is set now' : undefined,
              shape: 'is-flat is-tiny',
              isPressed: isOn,
              act: () => actions.setSweepRanges(withChoice(experiment, chosen, name, value)),
            });
          })}
        </span>
      </div>`,
    )}
    <p class=${tooMany ? 'field-error' : 'side-text'}>
      ${combinations} combinations${tooMany ? `; the first ${MOST_COMBINATIONS} are shown` : ''}.
    </p>
  </div>`;
}
