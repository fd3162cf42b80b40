import { computed, signal } from '@preact/signals-core';

import { autogradOf } from '../../core/take_away/autograd.js';
import { csvOf } from '../../core/take_away/csv.js';
import { curlOf } from '../../core/take_away/curl.js';
import { equationOf } from '../../core/stage/equation.js';
import { valueFormula } from '../../core/stage/value_formula.js';
import { latexOf } from '../../core/take_away/latex.js';
import { npyOf } from '../../core/take_away/npy.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { gradientsRequestOf, requestOf } from '../../core/take_away/request.js';
import { filesOf, jsonOf, tensorsOf } from '../../core/take_away/tensors.js';
import { gradients } from '../../core/experiment/experiment.js';
import { addressOf } from '../../state/bind_address.js';
import { stateText } from '../../state/lab/address.js';
import { check } from '../../state/lab/check.js';
import { experiment, filter, playback, see, shownOutcome, spot } from '../../state/lab/store.js';
import { copyText } from '../common/clipboard.js';
import { saveFile } from '../common/save_file.js';

/**
 * @typedef {import('../../views/lab/take_away.js').TextKind} TextKind
 * @typedef {import('../../views/lab/take_away.js').PictureKind} PictureKind
 * @typedef {import('../../views/lab/take_away.js').NumbersKind} NumbersKind
 * @typedef {import('../../views/lab/take_away.js').TakeAwayModel} TakeAwayModel
 */

/** How long the button says what it did. */
const SAID_MS = 2000;

const kind = signal(/** @type {TextKind} */ ('pytorch'));
/** Whose numbers are saved; null: the first that are there. */
const tensor = signal(/** @type {string | null} */ (null));
const copying = signal(/** @type {TakeAwayModel['copying']} */ ('rest'));
const film = signal(/** @type {{share: number} | null} */ (null));
/** @type {AbortController | null} */
let filming = null;

/** The numbers of the stage, in a view that can be drawn; null where nothing can be computed. */
const planes = computed(() => {
  const [now, outcome] = [experiment.value, shownOutcome.value];
  if (outcome.kind === 'refused') return null;
  // Two stages side by side, or a photograph, are taken along as the operation itself.
  const isOther = see.value.kind === 'compare' || see.value.kind === 'image';
  const shown = isOther ? { kind: seeKindsOf(now.operation)[0] } : see.value;
  const isBackward = shown.kind === 'backward';
  const place = spot.value;
  return {
    experiment: now,
    outcome,
    see: shown,
    spot: place,
    gradients: isBackward ? gradients(now) : null,
    frame: isBackward ? Infinity : playback.value.frame,
    filter: place?.side === 'output' ? place.channel : (place?.filter ?? filter.value),
  };
});

/** The gradients, where they are shown. */
const shownGradients = computed(() => planes.value?.gradients ?? null);

/** Every tensor that is shown. */
const tensors = computed(() =>
  tensorsOf(experiment.value, shownOutcome.value, shownGradients.value),
);

/** What the API is asked for the gradients, where they are shown and it gives them. */
const gradientsRequest = computed(() =>
  shownGradients.value ? gradientsRequestOf(experiment.value) : null,
);

/** The formula of what is explained. */
function explained() {
  const now = planes.value;
  return now?.spot ? valueFormula(now.experiment, equationOf(now, now.spot)) : null;
}

/** The text that is shown; null where it is not there. @returns {string | null} */
function textNow() {
  const outcome = shownOutcome.value;
  switch (kind.value) {
    case 'pytorch':
      return shownGradients.value
        ? autogradOf(check.value.autograd, experiment.value.outputGradient)
        : check.value.pytorch;
    case 'numpy':
      return check.value.numpy;
    case 'curl':
      return curlOf(gradientsRequest.value ?? requestOf(experiment.value), location.origin);
    case 'latex':
      return outcome.kind === 'refused' ? null : latexOf(experiment.value, outcome, explained());
    case 'link':
      return new URL(addressOf(stateText()), location.href).href;
  }
}

/** What the texts and files are made of, where their name has a place for it. */
const fileName = (/** @type {string} */ ending) =>
  `convoscope-${experiment.value.operation}.${ending}`;

async function copy() {
  const text = textNow();
  if (text === null) return;
  copying.value = (await copyText(text)) ? 'copied' : 'not copied';
  setTimeout(() => (copying.value = 'rest'), SAID_MS);
}

/** Makes the animation, and says how far it is. */
async function saveFilm() {
  const model = planes.peek();
  if (!model || filming) return;
  filming = new AbortController();
  film.value = { share: 0 };
  const name = fileName('gif');
  try {
    const { makeFilm } = await import('./film.js');
    const made = await makeFilm(model, (share) => (film.value = { share }), filming.signal);
    if (made) saveFile(made, name);
  } finally {
    filming = null;
    film.value = null;
  }
}

/** @param {PictureKind} as */
async function savePicture(as) {
  const model = planes.peek();
  if (!model) return;
  if (as === 'gif') return saveFilm();
  const { pictureFile } = await import('./picture_file.js');
  const file = await pictureFile(as, model);
  if (file) saveFile(file, fileName(as));
}

/** What one tensor is saved as. @type {Record<NumbersKind, {type: string, write: (values: import('../../core/experiment/experiment.js').Values) => BlobPart}>} */
const NUMBERS = {
  csv: { type: 'text/csv', write: csvOf },
  json: { type: 'application/json', write: jsonOf },
  npy: { type: 'application/octet-stream', write: npyOf },
};

/**
 * @param {NumbersKind} as
 * @param {string} [name]
 */
function saveNumbers(as, name = tensorNow()) {
  const values = tensors.peek()[name];
  if (!values) return;
  const { type, write } = NUMBERS[as];
  saveFile(new Blob([write(values)], { type }), `${name}.${as}`);
}

/** Whose numbers are saved: those chosen, where they are there. */
function tensorNow() {
  const names = Object.keys(tensors.value);
  const chosen = tensor.value;
  return chosen !== null && names.includes(chosen) ? chosen : names[0];
}

/** @returns {TakeAwayModel} */
export function takeAwayModel() {
  const text = textNow();
  const isProgram = kind.value === 'pytorch' || kind.value === 'numpy';
  const { status, reason } = check.value;
  return {
    kind: kind.value,
    text,
    reason: text === null ? (reason ?? '') : '',
    isOld: isProgram && status === 'waiting',
    copying: copying.value,
    files: filesOf(text),
    isBackward: shownGradients.value !== null,
    isOnPhoto: see.value.kind === 'image',
    asksForGradients: gradientsRequest.value !== null,
    tensors: Object.keys(tensors.value),
    tensor: tensorNow(),
    film: film.value,
    canSave: shownOutcome.value.kind === 'computed',
    choose: (next) => (kind.value = next),
    copy: () => void copy(),
    savePicture: (as) => void savePicture(as),
    callOffFilm: () => filming?.abort(),
    chooseTensor: (next) => (tensor.value = next),
    saveNumbers,
  };
}
