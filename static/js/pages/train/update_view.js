import '../../elements/kernel_wall.js';
import { loadKatex } from '../../elements/math_formula.js';
import '../../elements/value_grid.js';
import '../../elements/value_picture.js';
import { frameAt } from '../../core/training/update_frame.js';
import { MOST_STEPS, createUpdate } from '../../state/train/update.js';
import { updateView } from '../../views/train/update.js';
import { Instance } from '../common/instance.js';

/**
 * @import {Training} from '../../state/train/training.js'
 * @import {UpdateInstrument} from '../../state/train/update.js'
 */

const REDUCED = matchMedia('(prefers-reduced-motion: reduce)');

/** Lets time pass as long as it plays. @param {Instance} instance @param {UpdateInstrument} update */
function play(instance, { signals, actions }) {
  let frame = 0;
  let last = 0;
  const tick = (/** @type {number} */ now) => {
    actions.advance(Math.max(0, now - last) / 1000);
    last = now;
    if (signals.isPlaying.peek()) frame = requestAnimationFrame(tick);
  };
  instance.effect(() => {
    cancelAnimationFrame(frame);
    if (!signals.isPlaying.value) return;
    last = performance.now();
    frame = requestAnimationFrame(tick);
  });
  instance.atEnd(() => cancelAnimationFrame(frame));
}

/** Where a training may start. @param {Training} training */
function starts({ signals }) {
  const { network } = signals.recipe.value;
  const [run, moment] = [signals.run.value, signals.moment.value];
  const all = [
    {
      value: /** @type {const} */ ('scratch'),
      text: 'From scratch',
      title: 'The starting weights of the recipe',
    },
    {
      value: /** @type {const} */ ('trained'),
      text: 'Trained',
      title: `The weights that ship with ${network}`,
    },
  ];
  if (!run || !moment) return all;
  const text = `Run at step ${moment.step}`;
  return [
    ...all,
    { value: /** @type {const} */ ('moment'), text, title: 'The moment of the run on show' },
  ];
}

/** @param {Training} training @param {UpdateInstrument} update @returns {import('../../views/train/update.js').UpdateModel} */
function modelOf(training, { signals, actions }) {
  const answer = signals.answer.value;
  const shortage = signals.question.value === null ? training.signals.shortage.value : null;
  const learning = (answer?.document.layers ?? []).map(
    (/** @type {any} */ layer) => layer.gradient_norm !== null,
  );
  return {
    answer,
    frame: frameAt(signals.seconds.value, learning, REDUCED.matches),
    isPlaying: signals.isPlaying.value,
    isAsking: signals.isAsking.value || shortage !== null,
    batchSize: Number(training.signals.recipe.value.batch_size),
    problem: shortage ?? signals.problem.value,
    start: signals.start.value,
    starts: starts(training),
    step: signals.step.value,
    mostSteps: MOST_STEPS,
    product: signals.product.value,
    actions,
  };
}

/** One update, before and after. @type {import('./instance.js').Part['mount']} */
export const mount = (host, training) => {
  const instance = new Instance(host, 'update');
  void loadKatex();
  const update = createUpdate(training);
  const place = document.createElement('div');
  place.className = 'update-view';
  host.append(place);
  const { inside } = training.signals;
  update.actions.read(inside.peek());
  instance.effect(() => void (inside.value = update.signals.text.value));
  instance.effect(() => {
    if (inside.value !== update.signals.text.peek()) update.actions.read(inside.value);
  });
  instance.atEnd(() => void (inside.value = ''));
  instance.effect(() => update.actions.ask(update.signals.question.value));
  instance.atEnd(() => update.actions.ask(null));
  play(instance, update);
  instance.render(() => modelOf(training, update), updateView, place);
  return () => instance.end();
};
