import { computed, effect, signal } from '@preact/signals-core';

import { getTensors } from '../../api/client.js';
import { encodeDrawing } from '../../core/drawing/drawing_code.js';
import { imageOf } from '../../media/picture.js';
import { encodePicture } from '../../media/picture_code.js';
import { MomentAnswers } from './moment_answers.js';

/**
 * @import {Picture} from '../../core/colour.js'
 * @import {TensorFile} from '../../core/tensor.js'
 *
 * A picture of a run's data. `ink`: it as a drawing, as a link has it; '' until that is known, and of one in
 * colour, of which a link keeps none. `place`: its number in a data set of one's own, −1 once it was taken out;
 * null of any other.
 * @typedef {{readonly picture: Picture, readonly ink: string, readonly place: number | null}} RunImage
 */

/** @type {WeakMap<TensorFile, Picture[]>} */
const made = new WeakMap();

/** The pictures of an answer, the same objects every time, so that each is painted once. @param {TensorFile} answer */
function picturesOf(answer) {
  const known = made.get(answer);
  if (known) return known;
  const { shape = [0], data = new Float32Array() } = answer.tensors.get('images') ?? {};
  const [rows, columns] = shape.slice(-2);
  const size = data.length / Math.max(1, shape[0]);
  /** @type {Picture['palette']} */
  const palette = shape.length === 4 ? 'colour' : 'input';
  const pictures = Array.from({ length: shape[0] }, (_, index) => {
    const values = data.slice(index * size, (index + 1) * size).map((value) => value / 255);
    return { rows, columns, values, palette };
  });
  made.set(answer, pictures);
  return pictures;
}

/** A grey picture as the drawing of an image. @param {Picture} picture */
async function inkOf({ values, columns: width, rows: height }) {
  const pixels = Uint8Array.from(values, (value) => Math.round(255 * value));
  const code = await encodePicture({ pixels, width, height });
  return encodeDrawing({
    base: { kind: 'image', title: '', ...(await imageOf(code)) },
    strokes: [],
  });
}

/**
 * Pictures of the validation part of a run's data, as they are wanted.
 * @param {() => {run: string, indices: readonly number[]}} wanted  reads signals
 */
export function createRunImages(wanted) {
  const answers = new MomentAnswers((key, overtaken) => getTensors(key, { signal: overtaken }));
  /** @type {import('@preact/signals-core').Signal<ReadonlyMap<Picture, string>>} */
  const inks = signal(new Map());
  const key = computed(() => {
    const { run, indices } = wanted();
    const query = `part=validation&indices=${indices.join()}`;
    return indices.length > 0 ? `/runs/${encodeURIComponent(run)}/images?${query}` : '';
  });
  const answer = computed(() => (key.value ? answers.get(key.value) : undefined));
  const pictures = computed(() => (answer.value ? picturesOf(answer.value) : []));
  const stopAsking = effect(() => answers.want(key.value ? [key.value] : []));
  const stopCoding = effect(() => {
    for (const picture of pictures.value) {
      if (picture.palette !== 'input' || inks.peek().has(picture)) continue;
      void inkOf(picture).then((ink) => {
        inks.value = new Map(inks.value).set(picture, ink);
      });
    }
  });
  return {
    images: computed(() =>
      pictures.value.map(
        /** @returns {RunImage} */ (picture, at) => {
          const place = answer.value?.tensors.get('places')?.data[at] ?? null;
          return { picture, ink: inks.value.get(picture) ?? '', place };
        },
      ),
    ),
    /** Asks anew where they are. */
    refresh() {
      answers.forget(() => true);
      if (key.peek()) answers.want([key.peek()]);
    },
    end() {
      stopAsking();
      stopCoding();
      answers.want([]);
    },
  };
}
