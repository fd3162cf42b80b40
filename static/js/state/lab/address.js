// The whole state behind the # of the address: a link opened elsewhere shows the same.
//
// readAddress()        takes the state from the address
// stateAddress()       the address of what is shown
// startAddress()       keeps the address in step, and follows Back and Forward

import { batch, effect } from '@preact/signals-core';

import { readExperiment, writeExperiment } from '../../core/link/experiment_code.js';
import { rangeRefusal } from '../../core/link/sweep_code.js';
import { begin, experiment, replace } from './history.js';
import { rememberCut } from './memory.js';
import { notice, opened, other, see, USUAL_RANGES } from './store.js';
import { VIEW } from './view_code.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/experiment/nearest_experiment.js').Notice} Notice
 */

/** The name under which the compared experiment stands, in texts of its own. */
const OTHER = 'compare_with';

/** What the address holds. */
const addressFields = () => new URLSearchParams(location.hash.slice(1));

/**
 * What the address tells of.
 * @typedef {{
 *   readonly experiment: Experiment,
 *   readonly other: Experiment | null,
 *   readonly view: Readonly<Record<string, string>>,
 * }} State
 */

/** What is shown now; whoever reads it notices every change. @returns {State} */
function stateNow() {
  const view = Object.entries(VIEW).map(([name, { read }]) => [name, read()]);
  return { experiment: experiment.value, other: other.value, view: Object.fromEntries(view) };
}

/**
 * The address of a state.
 * @param {State} state
 */
function addressOf({ experiment: now, other: compared, view }) {
  const texts = new URLSearchParams(writeExperiment(now));
  if (compared) {
    const beside = new URLSearchParams(writeExperiment(compared));
    beside.delete('input');
    texts.set(OTHER, beside.toString());
  }
  for (const [name, text] of Object.entries(view)) if (text) texts.set(name, text);
  // Commas may stand in an address as they are, and are easier to read.
  const text = texts.toString().replaceAll('%2C', ',');
  return text ? `#${text}` : location.pathname + location.search;
}

/** The address of what is shown now. */
export function stateAddress() {
  return addressOf(stateNow());
}

/**
 * Takes the state from the address. What is impossible is brought to the nearest that is not, and the
 * notice says so.
 * @param {boolean} [isFirst]  whether nothing was shown before, so that there is nothing to undo
 */
export function readAddress(isFirst = false) {
  const texts = addressFields();
  const found = readExperiment((name) => texts.get(name));
  const beside = texts.get(OTHER);
  const compared = beside === null ? null : readBeside(beside, found.experiment);
  batch(() => {
    if (isFirst) begin(found.experiment);
    else replace(found.experiment);
    // Nothing is known of what stood there before.
    rememberCut(found.experiment);
    other.value = compared && compared.experiment;
    for (const [name, { write }] of Object.entries(VIEW)) write(texts.get(name) ?? '');
    // A comparison that names nothing begins with the same on both sides, as its button does.
    if (see.value.kind === 'compare') other.value ??= found.experiment;
    notice.value = withRanges(joined(found.notice, compared?.notice ?? null), texts);
  });
}

/**
 * The compared experiment, on the input of the one in the middle.
 * @param {string} text
 * @param {Experiment} now
 */
function readBeside(text, { input }) {
  const texts = new URLSearchParams(text);
  return readExperiment((name) => texts.get(name), input);
}

/**
 * What is said of both sides.
 * @param {Notice | null} here
 * @param {Notice | null} beside
 */
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

/** The address is written at most this often: browsers limit the rate. */
const WRITE_AFTER_MS = 300;

/** What Back goes from one to the other of: the operation, what is seen of it, what a sweep opened. */
const landmark = () => [experiment.value.operation, see.value.kind, opened.value].join(' ');

/**
 * Keeps the address in step. Another operation, another view and an opened combination of a sweep are
 * steps for Back; everything else replaces.
 * @returns {() => void} stops it
 */
export function startAddress() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let state = stateNow();
  let place = landmark();
  /** Writes what is shown, or was until now, into the present entry of the history. */
  const write = () => {
    clearTimeout(timer);
    timer = undefined;
    history.replaceState(null, '', addressOf(state));
  };
  const stop = effect(() => {
    const [now, next] = [landmark(), stateNow()];
    const isStep = now !== place;
    if (isStep && timer !== undefined) write();
    [place, state] = [now, next];
    clearTimeout(timer);
    timer = undefined;
    if (isStep) history.pushState(null, '', addressOf(state));
    else timer = setTimeout(write, WRITE_AFTER_MS);
  });
  const follow = () => {
    clearTimeout(timer);
    timer = undefined;
    // What was gone back to is no step of its own.
    batch(() => {
      readAddress();
      place = landmark();
    });
  };
  const leave = () => timer !== undefined && write();
  addEventListener('popstate', follow);
  addEventListener('pagehide', leave);
  return () => {
    stop();
    clearTimeout(timer);
    removeEventListener('popstate', follow);
    removeEventListener('pagehide', leave);
  };
}
