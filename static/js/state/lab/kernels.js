// The kernels that have a name, as the server lists them.

import { signal } from '@preact/signals-core';

import { ApiError, getJson } from '../../api/client.js';
import { loadTrained } from './weights.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {NamedKernel} from '../../core/experiment/filters.js'
 */

/** @type {Signal<readonly NamedKernel[]>} */
export const namedKernels = signal([]);

/** Why there are none. @type {Signal<string | null>} */
export const kernelsError = signal(null);

/** Fetches the named kernels and those of the trained network, once each. */
export async function loadKernels() {
  kernelsError.value = null;
  try {
    await Promise.all([loadNamed(), loadTrained()]);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    kernelsError.value = error.detail;
  }
}

async function loadNamed() {
  if (namedKernels.value.length > 0) return;
  /** @type {{name: string, title: string, line: string, weight: {shape: number[], data: number[][]}}[]} */
  const rows = await getJson('/kernels');
  namedKernels.value = rows.map(({ name, title, line, weight }) => ({
    name,
    title,
    line,
    kernel: { shape: weight.shape, data: Float64Array.from(weight.data.flat()) },
  }));
}
