// The whole state as a text behind the # of an address: a link opened elsewhere shows the same.

import { batch } from '@preact/signals-core';

import { readExperiment, writeExperiment } from '../../core/link/experiment_code.js';
import { SETTING_KINDS } from '../../core/link/settings_code.js';
import { rangeRefusal } from '../../core/link/sweep_code.js';
import { unknownOf, unknownSentence } from '../../core/link_words.js';
import { compareUnnamed } from './comparison.js';
import { rememberCut } from './memory.js';
import { LabState, USUAL_RANGES } from './store.js';
import { VIEW } from './view_code.js';

/**
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Notice} from '../../core/experiment/nearest_experiment.js'
 */

/** The name under which the compared experiment stands, in texts of its own. */
const OTHER = 'compare_with';
/** What names an experiment but for its input, settings of every operation included. */
const OF_COMPARED = [
  ...['operation', 'weight', 'bias', 'output_gradient'],
  ...Object.keys(SETTING_KINDS),
];

/**
 * What a text tells of.
 * @typedef {{
 *   readonly experiment: Experiment,
 *   readonly other: Experiment | null,
 *   readonly view: Readonly<Record<string, string>>,
 *   readonly opened: number,
 * }} State
 */

/** What a Lab shows now; whoever reads it notices every change. @param {LabState} lab @returns {State} */
export function stateOf(lab) {
  const view = Object.entries(VIEW).map(([name, { read }]) => [name, read(lab)]);
  return {
    experiment: lab.experiment.value,
    other: lab.other.value?.experiment.value ?? null,
    view: Object.fromEntries(view),
    opened: lab.opened.value,
  };
}

/** A state as a text, '' for the usual one. @param {State} state */
export function textOf({ experiment: now, other: compared, view }) {
  const texts = new URLSearchParams(writeExperiment(now));
  if (compared) {
    const beside = new URLSearchParams(writeExperiment(compared));
    beside.delete('input');
    texts.set(OTHER, beside.toString());
  }
  for (const [name, text] of Object.entries(view)) if (text) texts.set(name, text);
  // Commas may stand in an address as they are, and are easier to read.
  return texts.toString().replaceAll('%2C', ',');
}

/** The text of what a Lab shows now. @param {LabState} lab */
export const stateText = (lab) => textOf(stateOf(lab));

/**
 * Shows what a text says. What is impossible is brought to the nearest that is not, and the notice says
 * so.
 * @param {LabState} lab
 * @param {string} text
 * @param {boolean} [isFirst]  whether nothing was shown before, so that there is nothing to undo
 */
export function readState(lab, text, isFirst = false) {
  const texts = new URLSearchParams(text);
  const found = readExperiment((name) => texts.get(name));
  const beside = texts.get(OTHER);
  const compared = beside === null ? null : readBeside(beside, found.experiment);
  batch(() => {
    if (isFirst) lab.experiments.begin(found.experiment);
    else lab.experiments.replace(found.experiment);
    // Nothing is known of what stood there before.
    rememberCut(lab, found.experiment);
    lab.comparison.opened = null;
    lab.other.value = compared && new LabState(compared.experiment);
    const unread = Object.entries(VIEW).filter(([name, { write }]) => {
      const isRead = write(lab, texts.get(name) ?? '');
      return isRead === false && texts.get(name);
    });
    // A comparison that names nothing opens on what shows something, as its button does.
    if (lab.see.value.kind === 'compare' && !compared) compareUnnamed(lab);
    const said = withRanges(joined(found.notice, compared?.notice ?? null), texts);
    lab.notice.value = withUnknown(
      said,
      unread.map(([name]) => ({ name, text: texts.get(name) ?? '' })),
      unknownOf(texts, [OTHER, 'input', ...OF_COMPARED, ...Object.keys(VIEW)]),
      unknownOf(new URLSearchParams(beside ?? ''), OF_COMPARED),
    );
  });
}

/** The compared experiment, on the input of the one in the middle. @param {string} text @param {Experiment} now */
function readBeside(text, { input }) {
  const texts = new URLSearchParams(text);
  return readExperiment((name) => texts.get(name), input);
}

/** What is said of both sides. @param {Notice | null} here @param {Notice | null} beside */
function joined(here, beside) {
  if (!beside) return here;
  const sentence = `Of what is compared: ${beside.sentence}`;
  return here ? { ...here, sentence: `${here.sentence} ${sentence}` } : { field: OTHER, sentence };
}

/**
 * What is said of an experiment, and of the sweep beside it.
 * @param {Notice | null} said
 * @param {URLSearchParams} texts
 */
function withRanges(said, texts) {
  const names = /** @type {(keyof typeof USUAL_RANGES)[]} */ (Object.keys(USUAL_RANGES));
  const refusals = names.flatMap(
    (name) => rangeRefusal(name, texts.get(`sweep_${name}`) ?? '') ?? [],
  );
  if (refusals.length === 0) return said;
  const sentence = [said?.sentence ?? [], ...refusals].flat().join(' ');
  return { field: said?.field ?? 'sweep', sentence };
}

/**
 * What is said of an experiment, and of the parts of a link that are left out.
 * @param {Notice | null} said
 * @param {...readonly {name: string, text: string}[]} unknown  parameters
 */
function withUnknown(said, ...unknown) {
  const left = unknown.flat();
  if (left.length === 0) return said;
  const sentences = left.map(({ name, text }) => unknownSentence(name, text));
  const sentence = [said?.sentence ?? [], ...sentences].flat().join(' ');
  return { field: said?.field ?? left[0].name, sentence };
}

/** What Back goes from one to the other of: the operation, what is seen of it, what a sweep opened. @param {State} state */
export const placeOf = ({ experiment: { operation }, view, opened }) =>
  [operation, view.see, opened].join(' ');
