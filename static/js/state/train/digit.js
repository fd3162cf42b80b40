import { computed, signal } from '@preact/signals-core';

import { getTensors } from '../../api/client.js';
import { firstMaps } from '../../core/training/first_maps.js';
import { mapLimits, largest } from '../../core/range.js';
import { createPaperImage } from '../network/paper_image.js';
import { createRequest, preparedQuery } from '../network/request.js';
import { holdAnswers } from './held_answers.js';
import { MomentAnswers } from './moment_answers.js';
import { createPaperSamples } from './paper_samples.js';
import { createPredictions } from './predictions.js';
import { createRunOutline } from './run_outline.js';
import { networkName } from './shown_moments.js';

/**
 * @import {Tensor} from '../../core/tensor.js'
 * @import {Training} from './training.js'
 * @import {Held} from './held_answers.js'
 */

/** So many neighbours' maps are prepared at rest. */
const PREPARED = 12;
/** How the drawing goes to a network, and a number that is another for every other drawing. @param {Training} training */
function createQuestion({ signals: { paper } }) {
  const requestOf = createRequest();
  let count = 0;
  const version = computed(() => {
    void [paper.changed.value, paper.preparation.value];
    count += 1;
    return count;
  });
  return {
    version,
    /** @param {boolean} isPhoto @param {AbortSignal} overtaken */
    init(isPhoto, overtaken) {
      const { body, type } = requestOf(paper.drawing.peek(), isPhoto);
      return { method: 'POST', headers: { 'Content-Type': type }, body, signal: overtaken };
    },
    query: () => new URLSearchParams(preparedQuery(paper.preparation.peek(), paper.drawing.peek())),
  };
}

/** What a run trains, and which of its maps are shown. @param {import('@preact/signals-core').ReadonlySignal<import('./store.js').Run | null>} run */
function createNetwork(run) {
  const found = createRunOutline(run);
  const layers = computed(() =>
    found.outline.value ? firstMaps(found.outline.value.layers) : null,
  );
  return { ...found, layers };
}

/** The network of the run on show, and that of another beside it. @param {Training} training */
function createNetworks({ signals: { run, compared } }) {
  const other = computed(() => {
    const beside = compared.value?.run;
    return beside && beside.id !== run.value?.id ? beside : null;
  });
  return [run, other].map(createNetwork);
}

/**
 * What a run's moments make of the drawing on the paper.
 * @param {Training} training
 * @param {import('@preact/signals-core').ReadonlySignal<boolean>} isInSight
 */
export function createDigit(training, isInSight) {
  const { paper } = training.signals;
  const networks = createNetworks(training);
  const [{ outline }] = networks;
  const networkOf = (/** @type {string} */ id) => networks.find((each) => each.run.value === id);
  const question = createQuestion(training);
  const answers = new MomentAnswers((key, overtaken) => {
    const query = question.query();
    const [path, , maps, preparation] = key.split('#');
    query.set('layers', maps);
    query.set('steps', 'none');
    return getTensors(`${path}?${query}`, question.init(preparation === 'photo', overtaken));
  });
  const mapsOn = (/** @type {string} */ id) => networkOf(id)?.layers.value?.maps ?? '';
  const keyOf = (/** @type {string} */ id, /** @type {number} */ step) => {
    const preparation = networkOf(id)?.outline.value?.preparation;
    const path = `/networks/${encodeURIComponent(networkName(id, step))}/forward`;
    return mapsOn(id) ? [path, question.version.value, mapsOn(id), preparation].join('#') : '';
  };
  const questions = { keyOf, neighbours: () => PREPARED, isInSight };
  const { held, failure, end } = holdAnswers(training, answers, questions);
  const shown = computed(() =>
    held.value.flatMap((each) => mapsOf(each, mapsOn(each.moment.run.id))),
  );
  const predictions = [0, 1].map((index) =>
    createPredictions(training, index, {
      ...{ version: question.version, isInSight },
      isReady: () => networks[index].outline.value !== null,
      ask: (path, overtaken) =>
        getTensors(
          `${path}?${question.query()}`,
          question.init(networks[index].outline.peek()?.preparation === 'photo', overtaken),
        ),
    }),
  );
  const samples = createPaperSamples(training, outline);
  const image = createPaperImage(
    paper,
    /** @type {any} */ ({ forward: signal(null), isBlank: signal(false), outline }),
    training.actions.setImage,
  );
  return {
    signals: {
      ...image,
      outline,
      samples: samples.samples,
      /** The first convolution's maps at the moments that are looked at. */
      shown,
      /** The one range of the maps of all moments that are there. */
      limit: computed(() => largest(shown.value.map(({ maps }) => limitOf(maps)))),
      /** What reads the drawing at every moment says of those that cannot. */
      failure: computed(() =>
        predictions.some(({ read }) => read.value) ? answers.failure.value : failure.value,
      ),
      /** How probable every kept moment finds each class: of the run on show, and of the one beside it. */
      read: computed(() => predictions.map(({ read }) => read.value)),
    },
    actions: { ...samples.actions, takeImage: image.takeImage },
    end() {
      const stops = networks.map(({ stop }) => stop);
      for (const each of [end, ...stops, samples.end, ...predictions.map((one) => one.end)]) each();
    },
  };
}

/** @param {Tensor} tensor */
const limitOf = (tensor) => largest(mapLimits(tensor));

/** @param {Held} held @param {string} layer */
function mapsOf({ moment, isOld, answer }, layer) {
  const maps = answer.tensors.get(layer);
  const probabilities = answer.tensors.get('probabilities');
  return maps
    ? [{ moment, isOld, layer, maps, probabilities, prediction: answer.document.prediction }]
    : [];
}
