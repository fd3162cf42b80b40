import { html } from 'lit-html';

import { slidersOf } from '../../core/experiment/controls.js';
import { operationOf } from '../../core/operations/registry.js';
import { remarkId, wordsOf } from './setting_row.js';

/**
 * @import {Field} from '../../core/experiment/control_range.js'
 * @import {Apart, Slider} from '../../core/experiment/controls.js'
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Remark} from '../../core/experiment/control_range.js'
 */

/** What an end says, without the advice behind it. @param {string} sentence */
const brief = (sentence) => sentence.split(' Use ')[0];

/** Where a slider ends and why. @param {Slider} slider @param {1 | -1} end */
function endText({ field, least, most, below, above }, end) {
  const sentence = end > 0 ? above : below;
  if (/^\w+ (goes up to|begins at) \d+\.$/.test(sentence))
    return sentence.replace(field, wordsOf(field));
  const ends = end > 0 ? `stops at ${most}` : `begins at ${least}`;
  return `${wordsOf(field)} ${ends}. ${brief(sentence)}`;
}

/**
 * What there is to say of a remark now; null where it no longer holds.
 * @param {Remark | null} remark
 * @param {Experiment} experiment
 * @param {Apart} apart
 */
function textOf(remark, experiment, apart) {
  if (!remark) return null;
  const isOld = remark.of !== experiment;
  if ('text' in remark) return isOld && remark.isStop ? null : remark.text;
  const field = /** @type {Field} */ (remark.field);
  if (!operationOf(experiment).fields.includes(field)) return null;
  const sliders = slidersOf(experiment, field, apart);
  const own = sliders.find(({ part }) => part === remark.part);
  const nearest = sliders.reduce((one, other) => (other.most < one.most ? other : one));
  return endText(own ?? nearest, remark.end);
}

/**
 * The line below the settings: why something ends or was not taken, else what was mended.
 * @param {{id: string, remark: Remark | null, notice: {sentence: string} | null, experiment: Experiment,
 *   apart: Apart}} model
 */
export function remarkLine({ id, remark: said, notice, experiment, apart }) {
  // What is wrong with the input's size stands beside the input.
  const remark = said?.field === 'input' ? null : said;
  const isStop = remark?.isStop === true && remark.of === experiment;
  const isMended = notice !== null && !isStop;
  const text = isMended ? notice.sentence : textOf(remark, experiment, apart);
  return html`<p
    class=${`remark ${isStop || isMended ? 'is-stop' : ''}`}
    id=${remarkId(id)}
    aria-live="polite"
  >
    ${text ?? operationOf(experiment).note}
  </p>`;
}
