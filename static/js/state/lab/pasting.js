// Numbers that come from elsewhere: the input or a kernel, pasted from a spreadsheet or as JSON.
//
// inputPaste, kernelRefusal     signals: what stands in the box and what is wrong with it
// pasteInput(text), pasteKernel(text, filter), refuseCell(side, sentence)

import { signal } from '@preact/signals-core';

import { LAB_CAPS } from '../../core/lab/experiment.js';
import { parsePasted } from '../../core/lab/pasted.js';
import { setInput, setKernelPreset } from './actions.js';

/** @type {import('@preact/signals-core').Signal<{text: string, error: string | null}>} */
export const inputPaste = signal({ text: '', error: null });

/** Why the last change of the kernel was not taken. @type {import('@preact/signals-core').Signal<string | null>} */
export const kernelRefusal = signal(null);

/**
 * Takes a text as the input; where it is none the former input stays.
 * @param {string} text
 */
export function pasteInput(text) {
  if (text.trim() === '') {
    inputPaste.value = { text, error: null };
    return;
  }
  const pasted = parsePasted(text);
  inputPaste.value = { text, error: 'sentence' in pasted ? pasted.sentence : null };
  if ('values' in pasted) setInput(pasted.values);
}

/**
 * Takes a text as the kernel of a filter; where it is none the former kernel stays.
 * @param {string} text
 * @param {number | null} filter  null: all filters
 */
export function pasteKernel(text, filter) {
  const { kernel_size: side } = LAB_CAPS;
  const pasted = parsePasted(text, { channels: 1, rows: side, columns: side });
  kernelRefusal.value = 'sentence' in pasted ? pasted.sentence : null;
  if (!('values' in pasted)) return;
  const [, height, width] = pasted.values.shape;
  setKernelPreset({ shape: [height, width], data: pasted.values.data }, filter);
}

/**
 * Says what is wrong with a number being typed into a cell; '' takes it back.
 * @param {'input' | 'kernel'} side
 * @param {string} sentence
 */
export function refuseCell(side, sentence) {
  if (side === 'kernel') kernelRefusal.value = sentence || null;
  else inputPaste.value = { ...inputPaste.value, error: sentence || null };
}
