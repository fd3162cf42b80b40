import { getJson } from '../../api/client.js';
import { partNames as partNamesOf, runsOf } from '../../core/training/experiment.js';
import { logOf } from './follow.js';
import { runTitle } from './shown_moments.js';
import { getCurves, getRun } from './run_api.js';
import { LIVING } from './store.js';

/**
 * @import {Curves} from '../../core/training/curves.js'
 * @import {Experiment} from '../../core/training/experiment.js'
 * @import {Store} from './store.js'
 */

/** The curves of another run that is compared; null: none, or a moment of the same run. @param {Pick<Store, 'run' | 'compared'>} store @returns {Curves | null} */
export const comparedCurves = ({ run, compared }) =>
  compared.value && compared.value.run.id !== run.value?.id ? compared.value.curves : null;

/** What the run that is compared is called; '': none. @param {Pick<Store, 'compared' | 'partNames'>} store */
export function comparedName({ compared, partNames }) {
  const run = compared.value?.run;
  return run ? (partNames.value.get(run.id) ?? runTitle(run)) : '';
}

/** Two runs of one experiment are called as it calls them, also before it is opened. @param {Store} store */
export async function nameParts({ run: { value: run }, compared, partNames }) {
  const other = compared.value?.run;
  const isNamed = (/** @type {ReadonlyMap<string, string>} */ names) =>
    [run, other].every((each) => each && names.has(each.id));
  if (!run || !other || run.id === other.id || isNamed(partNames.peek())) return;
  /** @type {readonly Experiment[]} */
  const experiments = await getJson('/experiments').catch(() => []);
  const names = experiments.map((each) => partNamesOf(each, runsOf(each, [run, other])));
  partNames.value = names.find(isNamed) ?? partNames.peek();
}

/**
 * Asks for a run beside the one on show.
 * @param {Store} store
 * @param {string} id
 * @param {number | null} step
 * @param {() => boolean} isWanted  whether nothing else was asked for meanwhile
 */
async function ask(store, id, step, isWanted) {
  const { compared, problem } = store;
  try {
    const told = await getCurves(id);
    const run = await getRun(id);
    if (!isWanted()) return;
    compared.value = { run, curves: logOf(told).snapshot(), step };
    void nameParts(store);
  } catch (error) {
    if (isWanted()) problem.value = error instanceof Error ? error.message : String(error);
  }
}

/** A run that is compared and goes on is asked for anew once the list says that it has come further. @param {Store} store */
export function followCompared(store) {
  const before = store.compared.peek();
  const row = store.runs.peek()?.find(({ id }) => id === before?.run.id);
  if (!before || !row) return;
  const { run, step } = before;
  const isFurther = LIVING.has(row.state) && row.step !== run.step;
  if (isFurther || row.state !== run.state)
    void ask(store, run.id, step, () => store.compared.peek() === before);
}

/** What is compared. @param {Store} store */
export const comparing = (store, asked = { times: 0 }) => ({
  /**
   * Lets another run be seen on the same charts, and its moment by a step; null: no longer. What was asked for
   * before and has not come is wanted no more, also where that which is wanted is compared already.
   * @param {string | null} id
   * @param {number | null} [step]
   */
  async compare(id, step = null) {
    const turn = (asked.times += 1);
    const now = store.compared.peek();
    if (id === null) store.compared.value = null;
    else if (now?.run.id !== id || now.step !== step)
      await ask(store, id, step, () => turn === asked.times);
  },
});
