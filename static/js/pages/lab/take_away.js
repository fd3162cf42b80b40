import { computed, signal } from '@preact/signals-core';

import { serverAddress } from '../../api/root.js';
import { autogradOf } from '../../core/take_away/autograd.js';
import { csvOf, npyOf } from '../../core/take_away/number_file.js';
import { curlOf } from '../../core/take_away/curl.js';
import { equationOf } from '../../core/stage/equation.js';
import { valueFormula } from '../../core/stage/value_formula.js';
import { latexOf } from '../../core/take_away/latex.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { planesModel } from '../../core/stage/planes_model.js';
import { gradientsRequestOf, requestOf } from '../../core/take_away/request.js';
import { filesOf, jsonOf, tensorsOf } from '../../core/take_away/tensors.js';
import { addressOf } from '../../state/bind_address.js';
import { stateText } from '../../state/lab/link.js';
import { Copying } from '../common/clipboard.js';
import { saveFile } from '../common/save_file.js';
import { Filming } from './filming.js';

/** @import {NumbersKind, PictureKind, TakeAwayModel, TextKind} from '../../views/lab/take_away.js' */

/** What one tensor is saved as. @type {Record<NumbersKind, {type: string, write: (values: import('../../core/experiment/experiment.js').Values) => BlobPart}>} */
const NUMBERS = {
  csv: { type: 'text/csv', write: csvOf },
  json: { type: 'application/json', write: jsonOf },
  npy: { type: 'application/octet-stream', write: npyOf },
};

/** What one takes along of a Lab. */
export class TakeAway {
  #lab;
  #kind = signal(/** @type {TextKind} */ ('pytorch'));
  /** Whose numbers are saved; null: the first that are there. */
  #tensor = signal(/** @type {string | null} */ (null));
  #copying = new Copying();
  #filming = new Filming();

  /** @param {import('./instance.js').LabInstance} instance */
  constructor({ id, lab }) {
    this.id = id;
    this.#lab = lab.signals;
  }

  /** The numbers of the stage, in a view that can be drawn; null where nothing can be computed. */
  #planes = computed(() => {
    const { experiment, see, spot, playback, filter } = this.#lab;
    // Two stages side by side, or a photograph, are taken along as the operation itself.
    const isOther = see.value.kind === 'compare' || see.value.kind === 'image';
    return planesModel(experiment.value, {
      see: isOther ? { kind: seeKindsOf(experiment.value.operation)[0] } : see.value,
      spot: spot.value,
      frame: playback.value.frame,
      filter: filter.value,
    });
  });

  /** The gradients, where they are shown. */
  #gradients = computed(() => this.#planes.value?.gradients ?? null);

  /** Every tensor that is shown. */
  #tensors = computed(() =>
    tensorsOf(this.#lab.experiment.value, this.#lab.shownOutcome.value, this.#gradients.value),
  );

  /** What the API is asked for the gradients, where they are shown. */
  #gradientsRequest = computed(() =>
    this.#gradients.value ? gradientsRequestOf(this.#lab.experiment.value) : null,
  );

  /** The formula of what is explained. */
  #explained() {
    const now = this.#planes.value;
    return now?.spot ? valueFormula(now.experiment, equationOf(now, now.spot)) : null;
  }

  /** The text that is shown; null where it is not there. @returns {string | null} */
  #text() {
    const [experiment, outcome] = [this.#lab.experiment.value, this.#lab.shownOutcome.value];
    const check = this.#lab.check.value;
    switch (this.#kind.value) {
      case 'pytorch':
        return this.#gradients.value
          ? autogradOf(check.autograd, experiment.outputGradient)
          : check.pytorch;
      case 'numpy':
        return check.numpy;
      case 'curl':
        return curlOf(this.#gradientsRequest.value ?? requestOf(experiment), serverAddress());
      case 'latex':
        return outcome.kind === 'refused' ? null : latexOf(experiment, outcome, this.#explained());
      case 'link':
        return new URL(addressOf(stateText(this.#lab)), location.href).href;
    }
  }

  /** What the texts and files are made of, where their name has a place for it. @param {string} ending */
  #fileName(ending) {
    return `convoscope-${this.#lab.experiment.value.operation}.${ending}`;
  }

  /** @param {PictureKind} as */
  async #savePicture(as) {
    const model = this.#planes.peek();
    if (!model) return;
    const name = this.#fileName(as);
    if (as === 'gif') return this.#filming.make(model, name);
    const { pictureFile } = await import('./picture_file.js');
    const file = await pictureFile(as, model);
    if (file) saveFile(file, name);
  }

  /** @param {NumbersKind} as @param {string} [name] */
  #saveNumbers(as, name = this.#tensorNow()) {
    const values = this.#tensors.peek()[name];
    if (!values) return;
    const { type, write } = NUMBERS[as];
    saveFile(new Blob([write(values)], { type }), `${name}.${as}`);
  }

  /** Whose numbers are saved: those chosen, where they are there. */
  #tensorNow() {
    const names = Object.keys(this.#tensors.value);
    const chosen = this.#tensor.value;
    return chosen !== null && names.includes(chosen) ? chosen : names[0];
  }

  /** @returns {TakeAwayModel} */
  model() {
    const text = this.#text();
    const kind = this.#kind.value;
    const { status, reason } = this.#lab.check.value;
    return {
      id: this.id,
      kind,
      text,
      reason: text === null ? (reason ?? '') : '',
      isOld: (kind === 'pytorch' || kind === 'numpy') && status === 'waiting',
      copying: this.#copying.of(kind),
      files: filesOf(text),
      isBackward: this.#gradients.value !== null,
      isOnPhoto: this.#lab.see.value.kind === 'image',
      tensors: Object.keys(this.#tensors.value),
      tensor: this.#tensorNow(),
      film: this.#filming.film.value,
      canSave: this.#lab.shownOutcome.value.kind === 'computed',
      choose: (next) => (this.#kind.value = next),
      copy: () => void (text !== null && this.#copying.copy(text, kind)),
      savePicture: (as) => void this.#savePicture(as),
      callOffFilm: () => this.#filming.callOff(),
      chooseTensor: (next) => (this.#tensor.value = next),
      saveNumbers: (as, name) => this.#saveNumbers(as, name),
    };
  }
}
