import { html, nothing } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';

import { frames } from '../core/drawing/filmstrip.js';
import { pressedChoice } from './button.js';

/**
 * @import {Frame} from '../core/drawing/filmstrip.js'
 * @import {Tensor} from '../core/tensor.js'
 * @import {Picture} from '../core/colour.js'
 * @typedef {import('../core/drawing/filmstrip.js').Step} Step
 * @typedef {{readonly crop: boolean, readonly box: boolean, readonly centre: boolean,
 *   readonly invert: 'auto' | 'always' | 'never', readonly border: boolean}} Preparation
 * fullInk: what ink is once it is normalized, so that an empty paper, which is slightly negative then,
 * looks so. prefix: what ids begin with.
 * isPhoto: whether a photograph is prepared, or a digit.
 * @typedef {{fullInk: number, prefix: string, isPhoto: boolean}} Shown
 * @typedef {{setPreparation: (change: Partial<Preparation>, at: number) => void,
 *   switchStep: (name: Switch, at: number) => void}} FilmstripActions
 * @typedef {Exclude<keyof Preparation, 'invert'>} Switch  a step that can be left out
 */

/** @type {Record<string, string>} */
const LABELS = {
  decoded: 'image',
  grey: 'grey',
  border: 'border',
  inverted: 'invert',
  piece: 'piece',
  cropped: 'crop',
  scaled: '20 px box',
  centred: 'centre',
  altered: 'alter',
  normalized: 'normalize',
};

/** What a photograph's steps are called. @type {Record<string, string>} */
const PHOTO_LABELS = { ...LABELS, decoded: 'photo', scaled: 'resize' };

/** The steps that can be left out. @type {Record<string, Switch>} */
const SWITCHES = { border: 'border', cropped: 'crop', scaled: 'box', centred: 'centre' };
const INVERTS = /** @type {const} */ (['auto', 'always', 'never']).map((value) => ({
  value,
  text: value,
}));

/** @param {string} name @param {boolean} isPhoto */
const labelOf = (name, isPhoto) => (isPhoto ? PHOTO_LABELS : LABELS)[name] ?? name;

/** @type {WeakMap<Tensor, Picture>} */
const pictures = new WeakMap();

/**
 * The picture of a step: the same object for the same answer, so that it is painted once.
 * @param {Step} step
 * @param {number} fullInk
 */
function pictureOf({ name, image }, fullInk) {
  const known = pictures.get(image);
  if (known) return known;
  const [rows = 1, columns = 1] = image.shape.slice(-2);
  const isColour = image.shape[0] === 3;
  const isSigned = name === 'normalized';
  const palette = isColour ? 'colour' : isSigned ? 'activation' : 'input';
  // In colour, 0 is the grey in the middle.
  const values = isColour && isSigned ? image.data.map((v) => 0.5 + v / (2 * fullInk)) : image.data;
  /** @type {Picture} */
  const picture = { rows, columns, values, palette, limit: fullInk };
  pictures.set(image, picture);
  return picture;
}

/**
 * What a frame shows and tells; the text stands below the strip while the frame is pointed at.
 * @param {Frame} frame
 * @param {string} detail
 * @param {Shown} shown
 */
const content = ({ name, step }, detail, { fullInk, prefix, isPhoto }) => html`
  <span class="frame-picture">
    <value-picture .model=${step ? pictureOf(step, fullInk) : null}></value-picture>
  </span>
  <span class="frame-label" aria-hidden="true">${labelOf(name, isPhoto)}</span>
  <span class="frame-detail" id=${`${prefix}step-${name}`}>${detail}</span>
`;

/**
 * A step that can be left out, as a button that is pressed while it is taken.
 * @param {Frame} frame
 * @param {boolean} isOn
 * @param {Shown} shown
 * @param {FilmstripActions} actions
 */
function switchableFrame(frame, isOn, shown, { switchStep }) {
  const label = LABELS[frame.name];
  const detail = isOn ? (frame.step?.detail ?? '') : 'Left out. Press to take this step again.';
  return html`<button
    type="button"
    class="frame is-switch"
    aria-label=${label}
    aria-pressed=${isOn ? 'true' : 'false'}
    aria-describedby=${`${shown.prefix}step-${frame.name}`}
    @click=${(/** @type {Event} */ event) => switchStep(SWITCHES[frame.name], event.timeStamp)}
  >
    ${content(frame, detail, shown)}<span class="frame-switch" aria-hidden="true"></span>
  </button>`;
}

/** @param {Frame} frame @param {Shown} shown */
const fixedFrame = (frame, shown) => html`<div
  class="frame"
  role="img"
  tabindex="0"
  aria-label=${labelOf(frame.name, shown.isPhoto)}
  aria-describedby=${`${shown.prefix}step-${frame.name}`}
>
  ${content(frame, frame.step?.detail ?? '', shown)}
</div>`;

/** @param {Preparation} preparation @param {FilmstripActions} actions */
const invertControl = ({ invert: now }, { setPreparation }) => html`<div class="filmstrip-invert">
  <span class="filmstrip-invert-label">Invert</span>
  ${pressedChoice('Invert', INVERTS, now, (invert, at) => setPreparation({ invert }, at))}
</div>`;

/**
 * "What the network sees": every step from the paper to the network's input, each switchable.
 * @param {{steps: readonly Step[], preparation: Preparation | null, busy: boolean} & Shown} model
 * @param {FilmstripActions} actions
 */
export function filmstrip({ steps, preparation, busy, ...shown }, actions) {
  return html`<section class="filmstrip" aria-label="What the network sees" aria-busy=${String(busy)}>
    <h3>What the network sees</h3>
    ${preparation ? invertControl(preparation, actions) : nothing}
    <ol class="frames">
      ${repeat(
        // A photograph is prepared in one way only: its steps stand as they come.
        preparation
          ? frames(steps, preparation.border)
          : steps.map((step) => ({ name: step.name, step })),
        ({ name }) => name,
        (frame) => html`<li class="frame-place">
          ${
            preparation && frame.name in SWITCHES
              ? switchableFrame(frame, preparation[SWITCHES[frame.name]], shown, actions)
              : fixedFrame(frame, shown)
          }
        </li>`,
      )}
    </ol>
  </section>`;
}
