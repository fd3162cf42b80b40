import { html } from 'lit-html';

import { PATTERNS, pattern } from '../../core/input/patterns.js';
import { button, icon, iconButton } from '../button.js';
import { numberField, segments } from './form_controls.js';

/**
 * @import {Taken} from '../../elements/image_drop.js'
 * @import {Picture} from '../../core/colour.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @import {Choice} from '../../core/input/patterns.js'
 * @import {InputModel} from './input.js'
 */

/** Values to paint with, light to dark. */
const BRUSHES = [0, 0.2, 0.5, 0.8, 1];
/** Cells across a pattern's picture. */
const PATTERN_SIDE = 12;

/** @type {Map<string, Picture>} */
const pictures = new Map();

/**
 * A pattern in small: the same object every time, so that it is painted once.
 * @param {string} name
 * @returns {Picture}
 */
function patternPicture(name) {
  const known = pictures.get(name);
  if (known) return known;
  const { data } = pattern(name, PATTERN_SIDE, PATTERN_SIDE, 1) ?? { data: [] };
  const most = name === 'count' ? PATTERN_SIDE * PATTERN_SIDE : 1;
  const values = Float32Array.from(data, (value) => value / most);
  /** @type {Picture} */
  const picture = { rows: PATTERN_SIDE, columns: PATTERN_SIDE, values, palette: 'input' };
  pictures.set(name, picture);
  return picture;
}

/** A picture to choose. @param {{name: string, title: string, picture: Picture, act: () => void}} values */
const pictureButton = ({ picture, ...values }) =>
  button(html`<value-picture .model=${picture}></value-picture>`, {
    shape: 'is-picture',
    ...values,
  });

/** @param {InputModel} model @param {Actions} actions */
function blank({ input }, actions) {
  actions.setInput({ shape: input.shape, data: new Float64Array(input.data.length) });
}

/** @param {InputModel} model @param {Actions} actions */
function scattered({ input }, actions) {
  const data = Float64Array.from(input.data, () => Math.round(Math.random() * 10) / 10);
  actions.setInput({ shape: input.shape, data });
}

/** The value that the pointer paints on the stage. @param {InputModel} model @param {Actions} actions */
export function paintPanel(model, actions) {
  const { id, brush } = model;
  return html`<p class="panel-line">
      <span class="is-for-mouse">Drag over the input on the stage to paint.</span>
      <span class="is-for-touch">Press the pencil at the stage, then draw on the input.</span>
    </p>
    <div class="brush-row">
      ${segments({
        name: `${id}-brush`,
        label: 'Value to paint with',
        options: BRUSHES.map((value) => ({ value, text: String(value), title: `Paint ${value}` })),
        value: brush,
        choose: actions.setBrush,
        shape: 'is-brushes',
      })}
      ${numberField({
        label: 'Value to paint with, any number',
        value: brush,
        step: 'any',
        title: 'Any number',
        set: (value) => value !== null && actions.setBrush(value),
      })}
    </div>
    <div class="panel-buttons">
      ${button('Clear', { shape: 'is-small', act: () => blank(model, actions) })}
      ${button('Random', { shape: 'is-small', act: () => scattered(model, actions) })}
    </div>`;
}

/** Patterns whose outcome one can tell by eye. @param {InputModel} _ @param {Actions} actions */
export function patternPanel(_, actions) {
  return html`<div class="picture-grid is-patterns" role="group" aria-label="Patterns">
    ${PATTERNS.map(({ name, title, line }) =>
      pictureButton({
        name: title,
        title: `${title}: ${line}`,
        picture: patternPicture(name),
        act: () => actions.setPattern(name),
      }),
    )}
  </div>`;
}

/** @param {readonly Choice[]} choices @param {number} count @param {Actions} actions */
const choiceButtons = (choices, count, actions) =>
  choices.length === 0
    ? Array.from(
        { length: count },
        () => html`<span class="button is-picture is-empty" aria-hidden="true"></span>`,
      )
    : choices.map((choice) =>
        pictureButton({
          name: choice.title,
          title: choice.title,
          picture: choice.picture,
          act: () => actions.takeChoice(choice),
        }),
      );

/** Ten digits of the samples, and the next ten. @param {InputModel} model @param {Actions} actions */
export function digitPanel({ digits }, actions) {
  return html`<div class="picture-grid is-digits" role="group" aria-label="Digits">
    ${choiceButtons(digits, 10, actions)}
    ${iconButton('shuffle', {
      name: 'More digits',
      title: 'The next writers’ digits',
      shape: 'is-flat is-small is-more',
      act: () => actions.loadDigits(),
    })}
  </div>`;
}

/**
 * An image by button, drop or paste. It is there under every tab, so that an image can be dropped and
 * pasted at any time.
 * @param {InputModel} model
 * @param {Actions} actions
 */
export function imagePanel({ id, tab, image, photographs, input }, actions) {
  const isShown = tab === 'image';
  return html`<div class=${isShown ? 'image-panel' : 'image-panel is-away'} ?inert=${!isShown}>
    <div class="picture-grid is-photographs" role="group" aria-label="Photographs">
      ${isShown ? choiceButtons(photographs, 3, actions) : ''}
      <image-drop
        veil="Drop the image to reduce it to the grid"
        @image=${(/** @type {CustomEvent<Taken>} */ { detail }) => actions.takeImage(detail.file)}
      >
        <button
          type="button"
          class="button is-small is-upload"
          aria-describedby=${`${id}-image-error`}
          aria-busy=${String(image.isBusy)}
        >
          ${icon('upload')}Image …
        </button>
      </image-drop>
    </div>
    <p class="panel-line">
      Drop or paste one at any time.
      ${input.shape[0] === 1 ? 'Grey; with 3 channels in colour.' : 'In colour.'}
    </p>
  </div>
  <p class="field-error" id=${`${id}-image-error`} role="alert">${image.error}</p>`;
}
