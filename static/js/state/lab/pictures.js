// Pictures that become the input: digits of the samples, photographs, image files.

import { signal } from '@preact/signals-core';

import { ApiError, getJson, getTensors } from '../../api/client.js';
import { cropped, greyOf } from '../../core/input/resize.js';
import { variation } from '../../core/input/patterns.js';
import { prepareImage } from '../upload.js';
import { setPicture } from './input_actions.js';

/**
 * @import {Values} from '../../core/experiment/experiment.js'
 * @import {LabState} from './store.js'
 * @import {Choice} from '../../core/input/patterns.js'
 */

/** @type {import('@preact/signals-core').Signal<readonly Choice[]>} */
export const photographs = signal([]);

/** @param {LabState} lab @param {boolean} isBusy @param {string | null} [error] */
function tell(lab, isBusy, error = null) {
  lab.panel.taking.value = { isBusy, error, of: lab.experiment.value.input };
}

/** Fetches ten digits, the next ten each time. @param {LabState} lab */
export function loadDigits(lab) {
  return lab.panel.tray.load().catch((error) => told(lab, error));
}

/** Fetches the shipped photographs, once. @param {LabState} lab */
export async function loadPhotographs(lab) {
  if (photographs.value.length > 0) return;
  try {
    /** @type {{name: string, kind: string}[]} */
    const rows = await getJson('/samples');
    const named = rows.filter(({ kind }) => kind === 'photograph');
    photographs.value = await Promise.all(named.map(({ name }) => photographOf(name)));
  } catch (error) {
    told(lab, error);
  }
}

/** @param {string} name @returns {Promise<Choice>} */
async function photographOf(name) {
  const { tensors } = await getTensors(`/samples/${encodeURIComponent(name)}`);
  const { shape, data } = tensors.get('image') ?? { shape: [1, 1, 1], data: Float32Array.of(0) };
  return {
    title: `Photograph: ${name}`,
    values: { shape, data: Float64Array.from(data) },
    picture: { rows: shape[1], columns: shape[2], values: data, palette: 'colour' },
  };
}

/**
 * A picture with as many channels as the input has: grey in one; in several, each another mirror
 * image of a grey one, or the colours.
 * @param {LabState} lab
 * @param {Values} values
 * @returns {Values}
 */
function inChannels(lab, values) {
  const channels = lab.experiment.value.input.shape[0];
  if (channels === 1) return greyOf(values);
  if (values.shape[0] > 1) return values;
  const [, height, width] = values.shape;
  const planes = Array.from({ length: channels }, (_, channel) =>
    Array.from(variation(values.data, height, width, channel)),
  );
  return { shape: [channels, height, width], data: Float64Array.from(planes.flat()) };
}

/** Makes a picture the input, its middle reduced to the grid. @param {LabState} lab @param {{values: Values}} choice */
export function takeChoice(lab, { values }) {
  const [, height, width] = lab.experiment.value.input.shape;
  setPicture(lab, cropped(inChannels(lab, values), height, width), height, width);
  tell(lab, false);
}

/**
 * Takes an image file, as the server reads it; a refused one leaves the input as it is and says why. A newer
 * one overtakes an older one.
 * @param {LabState} lab
 * @param {File} file
 */
export function takeImage(lab, file) {
  tell(lab, true);
  return lab.panel.newest(async (overtaken) => {
    try {
      const { tensors } = await prepareImage(file, 'as=matrix&steps=none', { signal: overtaken });
      const image = tensors.get('image') ?? { shape: [1, 1, 1], data: Float32Array.of(0) };
      const values = { shape: image.shape, data: Float64Array.from(image.data) };
      if (!overtaken.aborted) takeChoice(lab, { values });
    } catch (error) {
      if (!overtaken.aborted) told(lab, error);
    }
  });
}

/** @param {LabState} lab @param {unknown} error */
function told(lab, error) {
  if (!(error instanceof ApiError)) throw error;
  tell(lab, false, error.detail);
}
