// Numbers that come from elsewhere: the input or a kernel, pasted from a spreadsheet or as JSON.

import { LAB_CAPS } from '../../core/experiment/experiment.js';
import { parsePasted } from '../../core/input/paste.js';
import { setInput } from './input_actions.js';
import { remarkOn } from './panel.js';
import { setKernelPreset } from './settings_actions.js';

/** @import {LabState} from './store.js' */

/** @param {LabState} lab @param {string} text @param {string | null} error */
function say(lab, text, error) {
  lab.panel.pasted.value = { text, error, of: lab.experiment.value.input };
}

/** Takes a text as the input; where it is none the former input stays. @param {LabState} lab @param {string} text */
export function pasteInput(lab, text) {
  if (text.trim() === '') return say(lab, text, null);
  const read = parsePasted(text);
  if ('values' in read) {
    setInput(lab, read.values);
    note(lab, 'pasted', read.note);
  }
  say(lab, text, 'sentence' in read ? read.sentence : null);
}

/**
 * Takes a text as the kernel of a filter; where it is none the former kernel stays.
 * @param {LabState} lab
 * @param {string} text
 * @param {number | null} filter  null: all filters
 */
export function pasteKernel(lab, text, filter) {
  const { kernel_size: side } = LAB_CAPS;
  const read = parsePasted(text, { channels: 1, rows: side, columns: side });
  if ('sentence' in read) return refuseCell(lab, 'kernel', read.sentence);
  const [, height, width] = read.values.shape;
  setKernelPreset(lab, { shape: [height, width], data: read.values.data }, filter);
  note(lab, 'weight', read.note);
}

/**
 * Says how a text was read, where that may surprise.
 * @param {LabState} lab
 * @param {string} field
 * @param {string | null} sentence
 */
function note(lab, field, sentence) {
  if (!sentence) return;
  // Where something was mended too, both are told.
  if (lab.notice.value)
    lab.notice.value = {
      ...lab.notice.value,
      sentence: `${sentence} ${lab.notice.value.sentence}`,
    };
  else remarkOn(lab, field, sentence, false);
}

/**
 * Says what is wrong with a number being typed into a cell; '' takes it back.
 * @param {LabState} lab
 * @param {'input' | 'kernel'} side
 * @param {string} sentence
 */
export function refuseCell(lab, side, sentence) {
  if (side === 'input') say(lab, lab.panel.inputPaste.value.text, sentence || null);
  else lab.panel.refused.value = { error: sentence || null, of: lab.experiment.value.weight };
}
