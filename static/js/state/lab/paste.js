// Numbers that come from elsewhere: the input or a kernel, pasted from a spreadsheet or as JSON.
//
// inputPaste, kernelRefusal     signals: what stands in the box and what is wrong with it
// pasteInput(text), pasteKernel(text, filter), refuseCell(side, sentence)

import { computed, signal } from '@preact/signals-core';

import { LAB_CAPS } from '../../core/experiment/experiment.js';
import { parsePasted } from '../../core/input/paste.js';
import { setInput, setKernelPreset } from './actions.js';
import { experiment } from './history.js';
import { remarkOn } from './panel.js';
import { notice } from './store.js';

/**
 * What was pasted, what is wrong with it, and the values beside which it stands: once they are
 * changed otherwise, neither holds.
 * @typedef {{readonly text: string, readonly error: string | null, readonly of: object}} Paste
 */

/** @type {import('@preact/signals-core').Signal<Paste | null>} */
const pasted = signal(null);

/** @type {import('@preact/signals-core').Signal<{readonly error: string | null, readonly of: object}>} */
const refused = signal({ error: null, of: {} });

export const inputPaste = computed(() => {
  const now = pasted.value;
  return now?.of === experiment.value.input ? now : { text: '', error: null };
});

/** Why the last change of the kernel was not taken. */
export const kernelRefusal = computed(() =>
  refused.value.of === experiment.value.weight ? refused.value.error : null,
);

/** @param {string} text @param {string | null} error */
function say(text, error) {
  pasted.value = { text, error, of: experiment.value.input };
}

/**
 * Takes a text as the input; where it is none the former input stays.
 * @param {string} text
 */
export function pasteInput(text) {
  if (text.trim() === '') return say(text, null);
  const read = parsePasted(text);
  if ('values' in read) {
    setInput(read.values);
    note('pasted', read.note);
  }
  say(text, 'sentence' in read ? read.sentence : null);
}

/**
 * Takes a text as the kernel of a filter; where it is none the former kernel stays.
 * @param {string} text
 * @param {number | null} filter  null: all filters
 */
export function pasteKernel(text, filter) {
  const { kernel_size: side } = LAB_CAPS;
  const read = parsePasted(text, { channels: 1, rows: side, columns: side });
  if ('sentence' in read) return refuseCell('kernel', read.sentence);
  const [, height, width] = read.values.shape;
  setKernelPreset({ shape: [height, width], data: read.values.data }, filter);
  note('weight', read.note);
}

/**
 * Says how a text was read, where that may surprise.
 * @param {string} field
 * @param {string | null} sentence
 */
function note(field, sentence) {
  if (!sentence) return;
  // Where something was mended too, both are told.
  if (notice.value)
    notice.value = { ...notice.value, sentence: `${sentence} ${notice.value.sentence}` };
  else remarkOn(field, sentence, false);
}

/**
 * Says what is wrong with a number being typed into a cell; '' takes it back.
 * @param {'input' | 'kernel'} side
 * @param {string} sentence
 */
export function refuseCell(side, sentence) {
  if (side === 'input') say(inputPaste.value.text, sentence || null);
  else refused.value = { error: sentence || null, of: experiment.value.weight };
}
