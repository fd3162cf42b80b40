// The ready-made experiments of a Train page: which there are, the one that is open, and what it came to.

import { batch, computed, signal } from '@preact/signals-core';

import { getJson, getTensors } from '../../api/client.js';
import { pairOf, progressOf, runsOf } from '../../core/training/experiment.js';
import { isAbort } from '../retry.js';
import { planRun, postRun } from './run_api.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Experiment, Outcome} from '../../core/training/experiment.js'
 * @import {TensorFile} from '../../core/tensor.js'
 * @import {Plan} from './store.js'
 * @import {Training} from './training.js'
 * @typedef {ReturnType<typeof createExperiments>} ExperimentsInstrument
 */

function createStore() {
  return {
    /** @type {Signal<readonly Experiment[] | null>} */
    experiments: signal(null),
    /** The one that is open, by its name. @type {Signal<string | null>} */
    open: signal(null),
    /** Which of its runs stands beside the first. */
    beside: signal(1),
    /** @type {Signal<Outcome | null>} */
    outcome: signal(null),
    /** How each run's values are spread before its first step, by its id. @type {Signal<ReadonlyMap<string, TensorFile>>} */
    spreads: signal(new Map()),
    /** What each of its recipes comes to; none before that is known. @type {Signal<readonly Plan[]>} */
    plans: signal([]),
    isStarting: signal(false),
    /** @type {Signal<string | null>} */
    problem: signal(null),
  };
}

/** @param {unknown} error */
const sentence = (error) => (error instanceof Error ? error.message : String(error));

/** Asks what an experiment needs to be told. @param {ReturnType<typeof createStore>} store */
const asking = ({ experiments, open, outcome, spreads, plans, problem }) => ({
  async load() {
    try {
      experiments.value = await getJson('/experiments');
      const names = experiments.value?.map(({ name }) => name) ?? [];
      if (!names.includes(open.value ?? '')) open.value = names[0] ?? null;
    } catch (error) {
      problem.value = sentence(error);
    }
  },
  /** What the runs of an experiment would come to. @param {Experiment} experiment */
  async plan({ name, runs }) {
    try {
      const found = [];
      for (const { recipe } of runs) found.push(await planRun(recipe));
      if (open.peek() === name) plans.value = found;
    } catch (error) {
      if (!isAbort(error) && open.peek() === name) problem.value = sentence(error);
    }
  },
  /** What runs that have ended came to. @param {string} name @param {readonly string[]} runs */
  async conclude(name, runs) {
    try {
      const told = await getJson(`/experiments/${name}/outcome?runs=${runs.join()}`);
      if (open.peek() === name) outcome.value = told;
    } catch (error) {
      problem.value = sentence(error);
    }
  },
  /** How the values of a run are spread before its first step. @param {string} run */
  async spread(run) {
    if (spreads.peek().has(run)) return;
    try {
      const file = await getTensors(`/runs/${run}/moments/0/histograms?bins=40`);
      spreads.value = new Map([...spreads.peek(), [run, file]]);
    } catch (error) {
      problem.value = sentence(error);
    }
  },
});

/** The experiments of a training. @param {Training} training */
export function createExperiments(training) {
  const store = createStore();
  const experiment = computed(
    () => store.experiments.value?.find(({ name }) => name === store.open.value) ?? null,
  );
  const found = computed(() =>
    experiment.value ? runsOf(experiment.value, training.signals.runs.value ?? []) : [],
  );
  const pair = computed(() => {
    const places = pairOf(found.value, store.beside.value);
    return places && places.map((at) => (at === null ? null : (found.value[at]?.id ?? null)));
  });
  const progress = computed(() => progressOf(found.value));
  return {
    signals: {
      ...store,
      ...{ experiment, found, progress },
      /** The ids of the two runs on one chart, as a text that only changes with them. */
      pair: computed(() => pair.value?.join() ?? ''),
      /** The ids of its runs, once all have ended. */
      ended: computed(() =>
        progress.value === 'ended' ? found.value.map((run) => run?.id).join() : '',
      ),
    },
    actions: {
      ...asking(store),
      /** @param {string} name */
      look(name) {
        batch(() => {
          store.open.value = name;
          store.beside.value = 1;
          store.outcome.value = null;
          store.plans.value = [];
          store.problem.value = null;
        });
      },
      /** @param {number} place */
      putBeside: (place) => void (store.beside.value = place),
      /** Begins all its runs, one behind the other. */
      async start() {
        const parts = experiment.peek()?.runs ?? [];
        store.isStarting.value = true;
        store.outcome.value = null;
        store.problem.value = null;
        try {
          for (const { recipe } of parts) await postRun(recipe, crypto.randomUUID());
        } catch (error) {
          store.problem.value = sentence(error);
        }
        await training.actions.refresh();
        store.isStarting.value = false;
      },
    },
  };
}
