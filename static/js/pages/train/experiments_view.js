import { untracked } from '@preact/signals-core';

import { isAbout, partNames } from '../../core/training/experiment.js';
import { recipeOf } from '../../core/training/recipe.js';
import { createExperiments } from '../../state/train/experiments.js';
import { experimentsView } from '../../views/train/experiments.js';
import { Instance } from '../common/instance.js';
import { PANELS } from './panels.js';
import { mountPart } from './rows.js';

/**
 * @import {Training} from '../../state/train/training.js'
 * @import {ExperimentsInstrument} from '../../state/train/experiments.js'
 */

/** As long as a run of the experiment goes on, the list is asked for so often. */
const LOOK_MS = 1000;

/** The charts of the page show the experiment's runs. @param {Instance} instance @param {Training} training @param {ExperimentsInstrument} experiments */
function showRuns(instance, { actions }, { signals }) {
  instance.effect(() => {
    const [first, other] = signals.pair.value.split(',');
    if (!first) return;
    void actions.show(first).then((isShown) => {
      if (isShown !== null) void actions.compare(other || null);
    });
  });
}

/** Lets the page call the runs as the experiment does. @param {Instance} instance @param {Training} training @param {ExperimentsInstrument} experiments */
function nameRuns(instance, training, { signals }) {
  instance.effect(() => {
    const { experiment, found } = signals;
    if (experiment.value)
      training.signals.partNames.value = partNames(experiment.value, found.value);
  });
}

/** Asks what the runs came to, once all have ended. @param {Instance} instance @param {ExperimentsInstrument} experiments */
function conclude(instance, { signals, actions }) {
  instance.effect(() => {
    const name = signals.open.value;
    const runs = signals.ended.value;
    if (name && runs) void actions.conclude(name, runs.split(','));
  });
}

/** Asks what its runs would come to, as long as some of them are still to be begun. @param {Instance} instance @param {ExperimentsInstrument} experiments */
function plan(instance, { signals, actions }) {
  instance.effect(() => {
    const experiment = signals.experiment.value;
    const isAhead = signals.progress.value === 'none' || signals.progress.value === 'some';
    if (experiment && isAhead) untracked(() => void actions.plan(experiment));
  });
}

/** Follows runs that go on. @param {Instance} instance @param {Training} training @param {ExperimentsInstrument} experiments */
function follow(instance, training, { signals }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const look = async () => {
    await training.actions.refresh();
    if (signals.progress.peek() === 'living' && !instance.living.aborted)
      timer = setTimeout(look, LOOK_MS);
  };
  instance.effect(() => {
    clearTimeout(timer);
    if (signals.progress.value === 'living') timer = setTimeout(look, LOOK_MS);
  });
  instance.atEnd(() => clearTimeout(timer));
}

/** Asks how values are spread at the start, where that is what an experiment is about. @param {Instance} instance @param {ExperimentsInstrument} experiments */
function spread(instance, { signals, actions }) {
  instance.effect(() => {
    const runs = signals.ended.value;
    const experiment = signals.experiment.value;
    if (!runs || !experiment || !isAbout(experiment, 'initialization')) return;
    for (const run of runs.split(',')) void actions.spread(run);
  });
}

/** @param {ExperimentsInstrument['signals']} signals @returns {import('../../views/train/spreads.js').Spread[]} */
function spreadsOf({ experiment, found, spreads }) {
  const known = spreads.value;
  const runs = experiment.value?.runs ?? [];
  const files = found.value.map((run) => (run ? known.get(run.id) : undefined));
  if (files.length === 0 || files.some((file) => !file)) return [];
  return runs.map(({ name }, at) => {
    const { document, tensors } = /** @type {import('../../core/tensor.js').TensorFile} */ (
      files[at]
    );
    const counts = (/** @type {string} */ kind) => tensors.get(kind)?.data ?? new Float32Array();
    const bins = tensors.get('activations')?.shape[1] ?? 1;
    const [activations, gradients] = [counts('activations'), counts('gradients')];
    return { name, layers: document.layers, activations, gradients, bins };
  });
}

/** What one update shows more of. */
const INSIDE = ['dropout', 'batch_norm'];

/** Opens one update of the last recipe of an experiment. @param {Training} training @param {Pick<ExperimentsInstrument, 'signals'>} experiments */
function insideOf({ actions }, { signals }) {
  const experiment = signals.experiment.value;
  const last = experiment?.runs.at(-1);
  if (!experiment || !last || !INSIDE.some((path) => isAbout(experiment, path))) return null;
  return () => {
    actions.choose(recipeOf(last.recipe));
    actions.look('update');
  };
}

/** @param {Training} training @param {ExperimentsInstrument} experiments @returns {import('../../views/train/experiments.js').ExperimentsModel} */
function modelOf(training, { signals, actions }) {
  return {
    experiments: signals.experiments.value,
    experiment: signals.experiment.value,
    found: signals.found.value,
    progress: signals.progress.value,
    outcome: signals.outcome.value,
    plans: signals.plans.value,
    shown: training.signals.id.value || null,
    beside: training.signals.compared.value?.run.id ?? null,
    spreads: spreadsOf(signals),
    lookInside: insideOf(training, { signals }),
    isStarting: signals.isStarting.value,
    problem: signals.problem.value,
    actions,
  };
}

/** Ready-made experiments, each of short runs that differ in one thing. @type {import('./instance.js').Part['mount']} */
export const mount = (host, training) => {
  const instance = new Instance(host, 'experiments');
  const experiments = createExperiments(training);
  const [place, charts] = [document.createElement('div'), document.createElement('div')];
  place.className = 'experiments';
  charts.className = 'experiment-charts';
  host.append(place, charts);
  instance.render(() => modelOf(training, experiments), experimentsView, place);
  const curves = PANELS.find(({ name }) => name === 'curves');
  if (curves) instance.atEnd(mountPart(curves, charts, training));
  instance.effect(() => void (charts.hidden = experiments.signals.pair.value === ''));
  nameRuns(instance, training, experiments);
  showRuns(instance, training, experiments);
  plan(instance, experiments);
  conclude(instance, experiments);
  follow(instance, training, experiments);
  spread(instance, experiments);
  const { inside } = training.signals;
  const { open } = experiments.signals;
  if (inside.peek()) experiments.actions.look(inside.peek());
  instance.effect(() => {
    if (open.value) inside.value = open.value;
  });
  instance.effect(() => {
    if (inside.value && inside.value !== open.peek()) experiments.actions.look(inside.value);
  });
  instance.atEnd(() => void (inside.value = ''));
  void experiments.actions.load();
  return () => instance.end();
};
