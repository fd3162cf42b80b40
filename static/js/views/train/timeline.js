import { html, nothing } from 'lit-html';

import { percent } from '../../core/number.js';
import { lossText } from '../../core/training/progress.js';
import { button, icon, iconButton } from '../button.js';
import { speedChoice } from '../speed_choice.js';

/**
 * @import {Moment, Place} from '../../core/training/moments.js'
 * @typedef {object} TimelineModel
 * @property {readonly Place[]} places
 * @property {Moment | null} moment
 * @property {number} index
 * @property {string} text  what is shown, in steps and epochs
 * @property {boolean} isNewest  whether the newest moment is shown, whatever comes
 * @property {boolean} isLiving  whether there will be more
 * @property {boolean} isPlaying
 * @property {readonly number[]} speeds
 * @property {number} speed
 * @property {(speed: number) => void} setSpeed
 * @property {(step: number | null) => void} scrub
 * @property {(by: number) => void} step
 * @property {() => void} play
 */

/** What the moment came to, where it was judged. @param {Moment | null} moment */
const judged = (moment) =>
  moment && moment.val_accuracy !== null
    ? html`<span class="moment-judged"><span class="moment-word">validation </span>${percent(moment.val_accuracy)}, loss ${lossText(Number(moment.val_loss))}${moment.best ? ', the best by then' : ''}</span>`
    : nothing;

/** The moments of a run along a line: which is shown, and the way to every other. @param {TimelineModel} model */
export const timeline = (model) => html`<div class="moment" role="group" aria-label="Timeline">
  <p class="moment-line">
    <span class="moment-shown"><span class="moment-word">Shown: </span><strong class="moment-text">${model.text}</strong></span>
    ${judged(model.moment)}
    ${
      model.isLiving
        ? button(model.isNewest ? 'following' : 'to the newest', {
            shape: 'is-small',
            title: 'The newest moment, as it goes on',
            isPressed: model.isNewest,
            act: () => model.scrub(null),
          })
        : nothing
    }
  </p>
  <div class="moment-controls">
    ${iconButton('skip-back', { name: 'To the first moment', shape: 'moment-first', isOff: model.index <= 0, act: () => model.scrub(0) })}
    ${iconButton('chevron-left', { name: 'One moment back', isOff: model.index <= 0, act: () => model.step(-1) })}
    <button
      class="button is-primary is-icon"
      type="button"
      aria-label=${model.isPlaying ? 'Pause the moments' : 'Play the moments'}
      title=${model.isPlaying ? 'Pause' : 'Play'}
      @click=${model.play}
    >
      ${icon(model.isPlaying ? 'pause' : 'play')}
    </button>
    ${iconButton('chevron-right', {
      name: 'One moment on',
      isOff: model.index >= model.places.length - 1,
      act: () => model.step(1),
    })}
    ${speedChoice(model.speeds, model.speed, model.setSpeed)}
    <moment-slider
      .model=${{ places: model.places, index: model.index, text: model.text }}
      @scrub=${(/** @type {CustomEvent<number>} */ { detail }) => model.scrub(detail)}
    ></moment-slider>
  </div>
</div>`;
