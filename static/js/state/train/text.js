import { decodeDrawing, encodeDrawing } from '../../core/drawing/drawing_code.js';
import { isEmpty, isUntouchedExample } from '../../core/drawing/strokes.js';
import { unknownOf, unknownSentence } from '../../core/link_words.js';
import { restore } from '../network/restore.js';
import { isEnded } from './store.js';

/**
 * @import {Training} from './training.js'
 * @typedef {{readonly run: string, readonly step: number | null, readonly compared: string,
 *   readonly view: string, readonly inside: string, readonly drawing: import('../../core/drawing/strokes.js').Drawing}} State
 */

/** What is compared: a run, and its moment where one is held. @param {import('./store.js').Compared | null} compared */
const comparedText = (compared) =>
  compared ? [compared.run.id, ...(compared.step === null ? [] : [compared.step])].join('@') : '';

/** What is shown, as far as a link tells of it; whoever reads it notices every change. @param {Training} training @returns {State} */
export function stateOf({ signals }) {
  const { run, chosenStep, compared, drawing, view, inside } = signals;
  return {
    run: run.value?.id ?? '',
    step: chosenStep.value,
    compared: comparedText(compared.value),
    view: view.value,
    inside: inside.value,
    drawing: drawing.value,
  };
}

/** A state as a text. @param {State} state */
export function textOf({ run, step, compared, view, inside, drawing }) {
  const fields = new URLSearchParams();
  if (run) fields.set('run', run);
  if (step !== null) fields.set('step', String(step));
  if (compared) fields.set('with', compared);
  if (view !== 'run') fields.set('view', view);
  if (inside) fields.set('at', inside);
  if (!isEmpty(drawing) && !isUntouchedExample(drawing)) fields.set('ink', encodeDrawing(drawing));
  return fields.toString();
}

/** The parts of a link. */
const NAMES = ['run', 'step', 'with', 'view', 'at', 'ink'];

/** What a link says in place of a step: where the run's loss turns. */
export const TURNING = 'turning';

/** @param {string | null | undefined} text */
const stepFrom = (text) => (text && /^\d{1,9}$/.test(text) ? Number(text) : null);

/** What is said of a text's parts that nothing can be made of. @param {URLSearchParams} fields @param {readonly string[]} views */
function unreadOf(fields, views) {
  const isRead = {
    step: (/** @type {string} */ text) => text === TURNING || stepFrom(text) !== null,
    view: (/** @type {string} */ text) => views.includes(text),
    ink: (/** @type {string} */ text) => decodeDrawing(text) !== null,
  };
  const unread = Object.entries(isRead).flatMap(([name, reads]) => {
    const text = fields.get(name);
    return text && !reads(text) ? { name, text } : [];
  });
  return [...unread, ...unknownOf(fields, NAMES)].map(({ name, text }) =>
    unknownSentence(name, text),
  );
}

/**
 * Shows what a text says; without a run the newest there is. What nothing can be made of is told.
 * @param {Training} training
 * @param {string} text
 * @param {readonly string[]} views  the names of those there are
 * @param {boolean} [isDrawn]  whether its drawing is shown too: Back changes what is open, never that
 * @param {() => boolean} [isWanted]  whether nothing else is read by now
 */
export async function readState(training, text, views, isDrawn = true, isWanted = () => true) {
  await readFields(training, new URLSearchParams(text), views, isDrawn);
  if (!isWanted()) return;
  const { problem } = training.signals;
  const sentences = unreadOf(new URLSearchParams(text), views);
  // Nothing of what went wrong meanwhile is lost.
  if (sentences.length) problem.value = [problem.peek() ?? [], ...sentences].flat().join(' ');
}

/**
 * @param {Training} training
 * @param {URLSearchParams} fields
 * @param {readonly string[]} views
 * @param {boolean} isDrawn
 */
async function readFields({ signals, actions }, fields, views, isDrawn) {
  const isTurning = fields.get('step') === TURNING;
  const step = isTurning ? TURNING : stepFrom(fields.get('step'));
  const drawing = decodeDrawing(fields.get('ink') ?? '');
  if (drawing && isDrawn) {
    restore(signals.paper, drawing).catch((/** @type {Error} */ { message }) => {
      signals.problem.value = message;
    });
  }
  const view = fields.get('view') ?? 'run';
  actions.look(views.includes(view) ? view : 'run');
  signals.inside.value = fields.get('at') ?? '';
  const beside = fields.get('with') ?? '';
  const [run, held] = beside.split('@');
  void actions.compare(run || null, stepFrom(held));
  const named = fields.get('run');
  const isShown = named !== null && named === signals.run.peek()?.id;
  if (isShown && step !== TURNING) {
    actions.stay();
    return actions.scrub(step);
  }
  const newest = signals.runs.peek()?.[0];
  if (named !== null && (await actions.show(named, step)) !== false) return;
  // A page that is opened rests where the loss of what has ended turns.
  const resting = newest && isEnded(newest) && !beside ? TURNING : null;
  if (!newest) signals.status.value = 'rest';
  else await actions.show(newest.id, named === null ? (step ?? resting) : null);
}
