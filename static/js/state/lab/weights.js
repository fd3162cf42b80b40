// The kernels of the trained network, to be taken into the Lab.

import { signal } from '@preact/signals-core';

import { wiringOf } from '../../core/layers/wiring.js';
import { operationOf } from '../../core/operations/registry.js';
import { getJson, getTensors } from '../../api/client.js';
import { setWeight } from './settings_actions.js';

/**
 * @import {Values} from '../../core/experiment/experiment.js'
 * @import {LabState} from './store.js'
 */

/** The network whose first convolution has them. */
const NETWORK = '/networks/mycnn';

/** The first layer's kernels, (32, 1, 3, 3). @type {import('@preact/signals-core').Signal<Values | null>} */
export const trained = signal(null);

/** Fetches them once. @param {RequestInit} [init]  with the signal that aborts it */
export async function loadTrained(init) {
  if (trained.value) return;
  const { layers } = await getJson(NETWORK, init);
  const { name } = layers.find((/** @type {any} */ layer) => wiringOf(layer).hasKernels);
  const { tensors } = await getTensors(
    `${NETWORK}/layers/${encodeURIComponent(name)}/weights`,
    init,
  );
  const weight = tensors.get('weight');
  if (weight) trained.value = { shape: weight.shape, data: Float64Array.from(weight.data) };
}

/**
 * Makes some of the trained kernels those of the experiment, one for each filter.
 * @param {LabState} lab
 * @param {readonly number[]} numbers  of the trained filters
 */
export function takeTrained(lab, numbers) {
  const known = trained.value;
  if (!known || numbers.length === 0) return;
  const [, , height, width] = known.shape;
  const area = height * width;
  const data = new Float64Array(numbers.length * area);
  numbers.forEach((number, at) => {
    data.set(known.data.subarray(number * area, (number + 1) * area), at * area);
  });
  const { isTransposed } = operationOf(lab.experiment.value);
  const shape = isTransposed ? [1, numbers.length] : [numbers.length, 1];
  setWeight(lab, { shape: [...shape, height, width], data }, 1);
}
