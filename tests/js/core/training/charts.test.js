import assert from 'node:assert/strict';
import { test } from 'node:test';

import { aligned } from '../../../../static/js/core/training/alignment.js';
import {
  CHARTS,
  linesOf as allLines,
  nearestStep,
  valueAt,
} from '../../../../static/js/core/training/charts.js';
import { axisUnit } from '../../../../static/js/core/training/axis_unit.js';
import { openingScale, rangeOf } from '../../../../static/js/core/training/chart_range.js';
import { CurveLog } from '../../../../static/js/core/training/curves.js';
import { marksOf } from '../../../../static/js/core/training/marks.js';
import { runBefore } from '../../../../static/js/core/training/run_before.js';
import { smoothed } from '../../../../static/js/core/training/smoothing.js';
import { logTicks, tickText } from '../../../../static/js/core/training/tick.js';

/** @param {number} epoch @param {number} step @param {object} [more] */
const epoch = (epoch, step, more = {}) => ({
  ...{ epoch, step, train_loss: 1, val_loss: 1 / epoch, val_accuracy: 1 - 1 / epoch },
  ...{ gradient_norm: 1, lr: 0.1, seconds: 1, samples_per_second: 100, best: true },
  ...more,
});

/** Curves of four steps and two epochs. @param {readonly string[]} layers @param {unknown} [last] */
function curves(layers, last = 1) {
  const log = new CurveLog();
  for (const step of [1, 2, 3, 4]) {
    log.addStep({
      ...{ step, epoch: Math.ceil(step / 2), steps: 4, lr: 0.1, gradient_norm: 10 * step },
      loss: /** @type {number} */ (step === 4 ? last : 5 - step),
      samples_per_second: 1,
      layer_gradient_norms: Object.fromEntries(layers.map((name) => [name, step])),
    });
    if (step % 2 === 0) log.addEpoch(epoch(step / 2, step, step === 4 ? { val_loss: 'NaN' } : {}));
  }
  return log.snapshot();
}

/** @param {string} name @param {ReturnType<typeof curves>} of @param {number} [span] */
const linesOf = (name, of, span = 0) =>
  CHARTS.find((chart) => chart.name === name)?.lines(of, span) ?? [];

test('the loss has its raw line whatever is smoothed', () => {
  const now = curves([]);
  assert.deepEqual(
    linesOf('loss', now, 5).map(({ name, shape }) => [name, shape]),
    [
      ['training', 'raw'],
      ['training, smoothed', 'line'],
      ['validation', 'points'],
    ],
  );
  const [raw, judged] = linesOf('loss', now);
  assert.equal(raw.shape, 'line');
  assert.deepEqual(Array.from(raw.values), [4, 3, 2, 1]);
  assert.deepEqual(judged.values, [1, null]);
  assert.ok(Number.isNaN(linesOf('loss', curves([], 'Infinity'))[0].values[3]));
});

test('each layer has its line of gradients', () => {
  const lines = linesOf('gradient', curves(['conv1', 'fc1']));
  assert.deepEqual(
    lines.map(({ name, of }) => [name, of]),
    [
      ['all', undefined],
      ['conv1', [0, 2]],
      ['fc1', [1, 2]],
    ],
  );
  assert.equal(linesOf('gradient', curves([]))[0].shape, 'line');
  const shadowed = linesOf('gradient', curves(['conv1']), 4);
  assert.deepEqual(
    shadowed.map(({ name, shape, isShadow }) => [name, shape, isShadow]),
    [
      ['all', 'raw', true],
      ['all', 'line', undefined],
      ['conv1', 'raw', true],
      ['conv1', 'line', undefined],
    ],
  );
  assert.equal(linesOf('accuracy', curves([]))[0].values[1], 0.5);
  assert.equal(linesOf('lr', curves([]))[0].values[0], 0.1);
});

test('lines of other steps are laid over one row', () => {
  const now = curves([]);
  const lines = linesOf('loss', now, 5);
  const [x, raw, , judged] = aligned(lines);
  assert.equal(x, now.step);
  assert.equal(raw, lines[0].values);
  assert.deepEqual(judged, [null, 1, null, null]);
  const other = { ...lines[0], x: [2, 9], values: [7, 8] };
  const [both, here, there] = aligned([lines[0], other]);
  assert.deepEqual(both, [1, 2, 3, 4, 9]);
  assert.deepEqual(here, [4, 3, 2, 1, null]);
  assert.deepEqual(there, [null, 7, null, null, 8]);
  assert.equal(aligned([lines[0], { ...other, x: [2], values: [7] }])[0], now.step);
  assert.deepEqual(aligned([{ ...other, values: [7, NaN] }])[1], [7, null]);
  assert.deepEqual(aligned([]), [[]]);
});

test('a line says at a step what it said last', () => {
  const judged = linesOf('loss', curves([]))[1];
  assert.equal(valueAt(judged, 1), null);
  assert.equal(valueAt(judged, 3), 1);
});

test('a place between two steps is the nearer one', () => {
  assert.equal(nearestStep([], 3), null);
  assert.deepEqual(
    [0, 1.4, 1.6, 3.9, 99].map((place) => nearestStep([1, 2, 5], place)),
    [1, 1, 2, 5, 5],
  );
});

test('a smoothed line is the mean of what came before, the first counting no more than others', () => {
  assert.deepEqual([...smoothed([3, 1, 2], 0)], [3, 1, 2]);
  const [keep] = [Math.exp(-1 / 4)];
  const means = smoothed([3, 1, NaN, 2], 4);
  assert.equal(means[0], 3);
  assert.ok(Math.abs(means[1] - (keep * 3 + 1) / (keep + 1)) < 1e-12);
  assert.equal(means[2], means[1]);
  assert.ok(Math.abs(means[3] - (keep * (keep * 3 + 1) + 2) / (keep * (keep + 1) + 1)) < 1e-12);
  assert.ok(Number.isNaN(smoothed([NaN], 4)[0]));
  const far = smoothed([3, 1], 4, [5, 8]); // three steps apart
  assert.ok(
    Math.abs(
      far[1] -
        (keep ** 3 * (1 - keep) * 3 + (1 - keep ** 3)) / (keep ** 3 * (1 - keep) + 1 - keep ** 3),
    ) < 1e-12,
  );
});

const RULES = { epochs: 20, scheduler: { patience: 3 }, early_stopping: { patience: 7 } };

test('what happened to a run is marked where it did', () => {
  assert.deepEqual(marksOf([], RULES, 'running', 10), []);
  const epochs = [
    epoch(1, 10),
    epoch(2, 20, { best: false }),
    epoch(3, 30, { best: false, lr: 0.05 }),
  ];
  const running = marksOf(epochs, RULES, 'running', 10);
  assert.deepEqual(
    running.map(({ kind, epoch: at, step, text }) => [kind, at, step, text]),
    [
      ['lr_reduced', 2, 20, 'learning rate × 0.5'],
      ['best', 1, 10, 'lowest validation loss'],
      ['early_stop', 8, 80, 'would stop early after epoch 8'],
    ],
  );
  const kinds = (/** @type {string} */ state, /** @type {object} */ rules) =>
    marksOf(epochs, { ...RULES, ...rules }, state, 10).map(({ kind }) => kind);
  assert.deepEqual(kinds('finished', { scheduler: null }), ['best']);
  assert.deepEqual(kinds('running', { scheduler: { name: 'one_cycle' }, early_stopping: null }), [
    'best',
  ]);
  assert.deepEqual(kinds('running', { epochs: 8 }), ['lr_reduced', 'best']);
  const stopped = marksOf(epochs, RULES, 'stopped_early', 10).at(-1);
  assert.deepEqual([stopped?.epoch, stopped?.text], [3, 'stopped early']);
});

test('an axis prints no more digits than it needs, and large numbers as powers of ten', () => {
  /** @type {[number, string][]} */
  const texts = [
    [0, '0'],
    [2, '2'],
    [0.25, '0.25'],
    [-0.5, '−0.5'],
    [1e-3, '0.001'],
    [1e-4, '10⁻⁴'],
    [3e-5, '3 · 10⁻⁵'],
    [1.5e-5, '1.5 · 10⁻⁵'],
    [-1e-5, '−10⁻⁵'],
    [9000, '9000'],
    [1e4, '10⁴'],
    [-2.5e17, '−2.5 · 10¹⁷'],
    [1.25e10, '1.25 · 10¹⁰'],
    [3e10, '3 · 10¹⁰'],
  ];
  for (const [value, text] of texts) assert.equal(tickText(value), text);
});

test('a logarithmic axis is marked at powers of ten, and between them where there are few', () => {
  assert.deepEqual(logTicks(0.0004, 0.004), [0.0005, 0.001, 0.002]);
  assert.deepEqual(logTicks(0.002, 3), [0.01, 0.1, 1]);
  assert.deepEqual(logTicks(0.05, 3), [0.1, 0.3, 1, 3]);
  assert.deepEqual(logTicks(1e-7, 9), [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 0.01, 0.1, 1]);
  assert.deepEqual(logTicks(1e-3, 1e17), [1e-3, 1, 1e3, 1e6, 1e9, 1e12, 1e15]);
});

test('a chart reaches as far as its lines do', () => {
  const linear = /** @type {const} */ ({ range: null, scale: 'linear' });
  const log = /** @type {const} */ ({ range: null, scale: 'log' });
  assert.deepEqual(rangeOf({ ...linear, range: [0, 1] }, 3, 4), [0, 1]);
  assert.deepEqual(rangeOf(linear, null, null), [0, 1]);
  assert.deepEqual(rangeOf(log, 0, 0), [0.01, 1]);
  assert.deepEqual(rangeOf(linear, 1, 2), [0, 2.12]);
  assert.deepEqual(rangeOf(linear, -1, 2), [-1, 2.12]);
  assert.deepEqual(rangeOf(log, 1, 1), [0.25, 4]);
  // Next to nothing is out of sight, but not what is usual beside what is huge.
  assert.deepEqual(rangeOf(log, 1e-30, 10), [1e-6 / 1.3, 13]);
  assert.deepEqual(rangeOf(log, 0.02, 1e17), [0.02 / 1.3, 1.3e17]);
});

test('a loss that leapt far beyond guessing opens on the logarithmic scale', () => {
  const [loss, , gradient] = CHARTS;
  const usual = curves([]);
  assert.equal(openingScale(loss, [usual], 1), 'linear');
  assert.equal(openingScale(loss, [usual, curves([], 21)], 1), 'log');
  assert.equal(openingScale(loss, [curves([], 'Infinity')], 1), 'linear');
  assert.equal(openingScale(gradient, [usual], 1), 'log');
});

test('what is compared is seen without its raw lines', () => {
  const now = curves(['conv1']);
  const namesOf = (
    /** @type {ReturnType<typeof curves> | null} */ other,
    /** @type {number} */ span,
  ) => allLines(CHARTS[0], now, other, span).map(({ name, isOther }) => [name, isOther ?? false]);
  assert.equal(namesOf(null, 4).length, 3);
  assert.deepEqual(namesOf(now, 4).slice(3), [
    ['training, smoothed', true],
    ['validation', true],
  ]);
  assert.deepEqual(namesOf(now, 0).slice(2), [
    ['training', true],
    ['validation', true],
  ]);
});

test('the run before is the newest of the same data set and classes that came to something', () => {
  /** @param {number} created @param {string} dataset @param {readonly string[] | null} [classes] @param {object | null} [best] */
  const run = (created, dataset, classes = null, best = {}) => ({
    ...{ created, best },
    recipe: { dataset, data: classes && { classes } },
  });
  const digits = [run(9, 'mnist'), run(7, 'mnist', null, null), run(3, 'mnist'), run(2, 'mnist')];
  const own = [run(8, 'own:mine', ['ring', 'cross', 'dot']), run(5, 'own:mine', ['ring', 'cross'])];
  const runs = [...digits, ...own].sort((one, other) => other.created - one.created);
  assert.equal(runBefore(digits[0], runs), digits[2]);
  assert.equal(runBefore(digits[3], runs), undefined);
  assert.equal(runBefore(own[0], runs), undefined);
  assert.equal(runBefore(run(6, 'own:mine', ['ring', 'cross']), runs), own[1]);
});

test('an axis counts epochs, or steps where epochs are not equally long or longer than it is', () => {
  const run = (/** @type {number} */ steps, /** @type {number} */ epochs) => ({
    steps,
    recipe: { epochs },
  });
  const byEpoch = { unit: 'epoch', stepsPerUnit: 75 };
  const byStep = { unit: 'step', stepsPerUnit: 1 };
  assert.deepEqual(axisUnit([run(600, 8)], 600), byEpoch);
  assert.deepEqual(axisUnit([run(600, 8), run(150, 2)], 600), byEpoch);
  assert.deepEqual(axisUnit([run(24, 2), run(150, 2)], 150), byStep);
  assert.deepEqual(axisUnit([run(225, 3)], 7), byStep);
});
