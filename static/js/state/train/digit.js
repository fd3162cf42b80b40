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

/**
 * What a run's moments make of the drawing on the paper.
 * @param {Training} training
 */
export function createDigit(training) {
  const { paper } = training.signals;
  const { outline, stop } = createRunOutline(training);
  const question = createQuestion(training);
  const isPhoto = () => outline.peek()?.preparation === 'photo';
  const layers = computed(() => (outline.value ? firstMaps(outline.value.layers) : null));
  const answers = new MomentAnswers((key, overtaken) => {
    const query = question.query();
    query.set('layers', layers.peek()?.maps ?? '');
    query.set('steps', 'none');
    return getTensors(`${key.split('#')[0]}?${query}`, question.init(isPhoto(), overtaken));
  });
  const keyOf = (/** @type {string} */ run, /** @type {number} */ step) =>
    layers.value
      ? `/networks/${encodeURIComponent(networkName(run, step))}/forward#${question.version.value}`
      : '';
  const { held, end } = holdAnswers(training, answers, { keyOf, neighbours: () => PREPARED });
  const predictions = [0, 1].map((index) =>
    createPredictions(training, index, {
      version: question.version,
      isReady: () => outline.value !== null,
      ask: (path, overtaken) =>
        getTensors(`${path}?${question.query()}`, question.init(isPhoto(), overtaken)),
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
      shown: computed(() => held.value.flatMap((each) => mapsOf(each, layers.value?.maps ?? ''))),
      /** The one range of the maps of all moments that are there. */
      limit: computed(() =>
        largest(
          held.value.map(({ answer }) => limitOf(answer.tensors.get(layers.value?.maps ?? ''))),
        ),
      ),
      layers,
      failure: answers.failure,
      /** How probable every kept moment finds each class: of the run on show, and of the one beside it. */
      read: computed(() => predictions.map(({ read }) => read.value)),
    },
    actions: { ...samples.actions, takeImage: image.takeImage },
    end() {
      for (const each of [end, stop, samples.end, ...predictions.map((one) => one.end)]) each();
    },
  };
}

/** @param {Tensor | undefined} tensor */
const limitOf = (tensor) => (tensor ? largest(mapLimits(tensor)) : 0);

/** @param {Held} held @param {string} layer */
function mapsOf({ moment, isOld, answer }, layer) {
  const maps = answer.tensors.get(layer);
  const probabilities = answer.tensors.get('probabilities');
  return maps
    ? [{ moment, isOld, maps, probabilities, prediction: answer.document.prediction }]
    : [];
}
