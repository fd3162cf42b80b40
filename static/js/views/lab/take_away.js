import { html, nothing } from 'lit-html';

import { titleOf } from '../../core/take_away/tensors.js';
import { button, icon } from '../button.js';
import { ofGrid, segments } from './form_controls.js';

/**
 * @typedef {'pytorch' | 'numpy' | 'curl' | 'latex' | 'link'} TextKind
 * @typedef {'png' | 'svg' | 'gif'} PictureKind
 * @typedef {'csv' | 'json' | 'npy'} NumbersKind
 *
 * @typedef {object} TakeAwayModel
 * @property {string} id  of the Lab
 * @property {TextKind} kind  of the text that is shown
 * @property {string | null} text  null: it is not there yet
 * @property {string} reason  why it is not
 * @property {boolean} isOld  whether it still belongs to what was shown before
 * @property {'rest' | 'copied' | 'not copied'} copying
 * @property {readonly string[]} files  what a program reads, to be saved beside it
 * @property {boolean} isBackward  whether gradients are shown
 * @property {boolean} isOnPhoto  whether a photograph is looked at, which is not what is taken away
 * @property {readonly string[]} tensors  whose numbers can be saved
 * @property {string} tensor
 * @property {{share: number} | null} film  how much of it is made
 * @property {boolean} canSave
 * @property {(kind: TextKind) => void} choose
 * @property {() => void} copy
 * @property {(kind: PictureKind) => void} savePicture
 * @property {() => void} callOffFilm
 * @property {(tensor: string) => void} chooseTensor
 * @property {(kind: NumbersKind, tensor?: string) => void} saveNumbers
 */

/** @type {{value: TextKind, text: string}[]} */
const TEXTS = [
  { value: 'pytorch', text: 'PyTorch' },
  { value: 'numpy', text: 'NumPy' },
  { value: 'curl', text: 'curl' },
  { value: 'latex', text: 'LaTeX' },
  { value: 'link', text: 'Link' },
];

/** @type {Record<TextKind, string>} */
const LINES = {
  pytorch: 'Run it: it prints the numbers of the output.',
  numpy: 'The same numbers from slices and sums, without PyTorch.',
  curl: 'Asks this server for the same numbers.',
  latex: 'The operation and its formulas, with these numbers.',
  link: 'Opens this very state: operation, numbers, settings.',
};

/** The shape of what copies and saves. */
const SAVE = 'is-small take-save';

/** What a text is for. @param {TakeAwayModel} model */
function lineOf({ kind, isBackward }) {
  if (!isBackward) return LINES[kind];
  if (kind === 'pytorch') return 'Run it: it prints the output, then the gradients by autograd.';
  if (kind === 'numpy')
    return 'The output, without PyTorch. The gradients are in the PyTorch text.';
  return kind === 'curl' ? 'Asks this server for the same gradients.' : LINES[kind];
}

/**
 * What one takes along: texts that give the same numbers, pictures, the numbers themselves.
 * @param {TakeAwayModel} model
 */
export function takeAwayView(model) {
  return html`<section class="side-section" aria-labelledby=${`${model.id}-take-title`}>
    <div class="side-head"><h2 class="side-title" id=${`${model.id}-take-title`}>Take away</h2></div>
    ${model.isOnPhoto ? ofGrid() : nothing}
    ${segments({
      name: `${model.id}-copy-as`,
      label: 'Copy as',
      options: TEXTS,
      value: model.kind,
      choose: model.choose,
    })}
    ${textView(model)} ${filesView(model)} ${picturesView(model)} ${numbersView(model)}
  </section>`;
}

/** @param {TakeAwayModel} model */
function textView(model) {
  const { kind, text, reason, isOld, copying, copy } = model;
  const said = { rest: 'Copy', copied: 'Copied', 'not copied': 'Select and copy' }[copying];
  return html`<div class="take-text" aria-busy=${String(text === null && !reason)}>
    <pre
      class=${isOld ? 'take-code is-old' : 'take-code'}
      tabindex="0"
      role="region"
      aria-label=${`As ${TEXTS.find(({ value }) => value === kind)?.text}`}
    ><code>${text ?? (reason || 'On its way.')}</code></pre>
  </div>
  <div class="take-line">
    <p class="side-text">${lineOf(model)}</p>
    ${button(html`${icon(copying === 'copied' ? 'check' : 'copy')} ${said}`, { shape: SAVE, isOff: text === null || isOld, act: copy })}
  </div>
  <span class="visually-hidden" role="status">${copying === 'copied' ? 'Copied.' : ''}</span>`;
}

/** Large operands that a program reads from files. @param {TakeAwayModel} model */
function filesView({ kind, files, saveNumbers }) {
  if (files.length === 0 || (kind !== 'pytorch' && kind !== 'numpy')) return nothing;
  return html`<p class="side-text take-files">
    It reads what is large from files beside it:
    ${files.map((name) => button(`${name}.npy`, { shape: SAVE, act: () => saveNumbers('npy', name) }))}
  </p>`;
}

/** @param {TakeAwayModel} model */
function picturesView({ film, canSave, savePicture, callOffFilm }) {
  const save = (/** @type {PictureKind} */ kind, /** @type {string} */ title) =>
    button(kind.toUpperCase(), {
      title,
      shape: SAVE,
      isOff: !canSave,
      act: () => savePicture(kind),
    });
  const percent = film ? Math.round(100 * film.share) : 0;
  return html`<div class="take-row" role="group" aria-label="Save the picture">
    <span class="take-name">Picture</span>
    ${save('png', 'The stage as it stands')} ${save('svg', 'The stage as squares and texts, to be enlarged')}
    ${
      film
        ? button(
            html`<progress class="take-progress" max="1" .value=${film.share}></progress> ${icon('x')}`,
            {
              name: `Call off the animation, ${percent} percent made`,
              title: 'Call off',
              shape: SAVE,
              act: callOffFilm,
            },
          )
        : save('gif', 'The animation, one frame an output position')
    }
  </div>`;
}

/** @param {TakeAwayModel} model */
function numbersView({ tensors, tensor, canSave, chooseTensor, saveNumbers }) {
  const choose = (/** @type {Event} */ event) =>
    chooseTensor(/** @type {HTMLSelectElement} */ (event.target).value);
  const kinds = /** @type {const} */ (['csv', 'json', 'npy']);
  return html`<div class="take-row" role="group" aria-label="Save the numbers">
    <select class="take-tensor" aria-label="Whose numbers" @change=${choose}>
      ${tensors.map((name) => html`<option value=${name} ?selected=${name === tensor}>${titleOf(name)}</option>`)}
    </select>
    ${kinds.map((kind) =>
      button(kind.toUpperCase(), { shape: SAVE, isOff: !canSave, act: () => saveNumbers(kind) }),
    )}
  </div>`;
}
