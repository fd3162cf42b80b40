/**
 * @import {Training} from './training.js'
 * @typedef {{readonly run: string, readonly step: number | null, readonly compared: string,
 *   readonly view: string}} State
 */

/** What is shown, as far as a link tells of it; whoever reads it notices every change. @param {Training} training @returns {State} */
export function stateOf({ signals }) {
  const { run, chosenStep, compared, view } = signals;
  return {
    run: run.value?.id ?? '',
    step: chosenStep.value,
    compared: compared.value?.run.id ?? '',
    view: view.value,
  };
}

/** A state as a text. @param {State} state */
export function textOf({ run, step, compared, view }) {
  const fields = new URLSearchParams();
  if (run) fields.set('run', run);
  if (step !== null) fields.set('step', String(step));
  if (compared) fields.set('with', compared);
  if (view !== 'run') fields.set('view', view);
  return fields.toString();
}

/** @param {string | null} text */
const stepFrom = (text) => (text && /^\d{1,9}$/.test(text) ? Number(text) : null);

/**
 * Shows what a text says; without a run the newest there is.
 * @param {Training} training
 * @param {string} text
 * @param {readonly string[]} views  the names of those there are
 */
export async function readState({ signals, actions }, text, views) {
  const fields = new URLSearchParams(text);
  const step = stepFrom(fields.get('step'));
  const view = fields.get('view') ?? 'run';
  actions.look(views.includes(view) ? view : 'run');
  const beside = fields.get('with');
  if (beside !== (signals.compared.peek()?.run.id ?? null)) void actions.compare(beside);
  const named = fields.get('run');
  const isShown = named !== null && named === signals.run.peek()?.id;
  if (isShown) return actions.scrub(step);
  const newest = signals.runs.peek()?.[0]?.id;
  if (named !== null && (await actions.show(named, step))) return;
  if (newest) await actions.show(newest, named === null ? step : null);
  else signals.status.value = 'rest';
}
