import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { nextFrame, openPage, pass } from '../browser.js';
import { PAIRS } from '../../../../static/js/core/compare/pairs.js';
import { EXAMPLE, withControl } from '../../../../static/js/core/experiment/experiment.js';
import { pattern } from '../../../../static/js/core/input/patterns.js';
import { sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import { createLab } from '../../../../static/js/state/lab/lab.js';
import { startLab } from '../../../../static/js/state/lab/start.js';
import { USUAL_RANGES } from '../../../../static/js/state/lab/store.js';
import { trained } from '../../../../static/js/state/lab/weights.js';
import { takeQuestions } from './server.js';

const { signals: store, actions } = createLab();
const { experiment, canUndo, canRedo, notice, see, spot, playback } = store;
const { remark, inputPaste } = store.panel;

const weight = () => Array.from(experiment.value.weight.data);
const shape = () => experiment.value.input.shape.join('×');
const setting = (/** @type {string} */ name) =>
  Object.entries(experiment.value.settings).find(([key]) => key === name)?.[1];

const remarkNow = () => (remark.value && 'text' in remark.value ? remark.value.text : '');

/** @param {import('../../../../static/js/state/lab/store.js').Place['side']} side */
const place = (side, row = 0, column = 0, channel = 0) => ({ side, channel, row, column });

beforeEach(() => {
  openPage();
  store.experiments.begin(EXAMPLE);
  actions.compareWith(null);
  actions.finish();
  actions.point(null);
  store.chosenFilter.value = 0;
  actions.setOverlay(null);
  actions.setSpeed(1);
  see.value = { kind: 'forward' };
  pass(10_000);
});

test('a drag of a slider is one step of undo, another control the next', () => {
  for (const value of [1, 2, 3]) {
    actions.setControl('padding', 'both', value);
    pass(50);
  }
  actions.setControl('stride', 'both', 1);
  pass(5000);
  actions.setControl('stride', 'both', 3);
  assert.equal(setting('stride'), 3);
  actions.undo();
  assert.equal(setting('stride'), 1);
  actions.undo();
  assert.deepEqual([setting('stride'), setting('padding')], [2, 3]);
  actions.undo();
  assert.equal(experiment.value, EXAMPLE);
  assert.equal(canUndo.value, false);
  actions.undo();
  actions.redo();
  assert.equal(setting('padding'), 3);
  actions.setControl('dilation', 'both', 2);
  assert.equal(canRedo.value, false);
  actions.redo();
  assert.equal(setting('dilation'), 2);
});

test('more than fifty steps can be undone', () => {
  for (let step = 0; step < 60; step++) {
    actions.setInputCell({ channel: 0, row: 0, column: step % 8 }, step + 1);
  }
  for (let step = 0; step < 60; step++) actions.undo();
  assert.equal(experiment.value, EXAMPLE);
});

test('a setting that is set to what it is, is no step', () => {
  actions.setControl('stride', 'both', 2);
  actions.setOperation('conv2d');
  actions.setSettings({ padding: 0 });
  assert.equal(canUndo.value, false);
});

test('a kernel dragged small and large again comes back whole, until it is edited', () => {
  for (const size of [2, 1, 4, 7, 3]) actions.setControl('kernel_size', 'both', size);
  assert.deepEqual(weight(), Array.from(EXAMPLE.weight.data));
  actions.setControl('kernel_size', 'both', 1);
  actions.setWeightCell([0, 0, 0, 0], 5);
  actions.setControl('kernel_size', 'both', 3);
  assert.deepEqual(weight(), [0, 0, 0, 0, 5, 0, 0, 0, 0]);
});

test('what no window could read is mended at once, and it is said', () => {
  actions.setInputSize(2, null);
  assert.deepEqual(setting('kernel_size'), [2, 3]);
  assert.equal(notice.value?.field, 'kernel_size');
  assert.equal(store.shownOutcome.value.kind, 'computed');
  actions.setInputSize(8, null);
  assert.equal(notice.value, null);
  actions.tell({ field: 'input', sentence: 'Too much.' });
  assert.deepEqual(Object(notice.value).sentence, 'Too much.');
});

test('what had to give way to a small input comes back when there is room', () => {
  const two = { shape: [1, 2, 2], data: Float64Array.of(1, 2, 3, 4) };
  const large = { shape: [1, 64, 64], data: new Float64Array(4096) };
  const { weight } = experiment.value;
  actions.setInput(two);
  assert.deepEqual(setting('kernel_size'), [2, 2]);
  assert.match(
    String(notice.value?.sentence),
    /kernel_size is now 2\. What was cut comes back once/,
  );
  actions.setInput({ shape: [1, 1, 1], data: Float64Array.of(1) });
  actions.setControl('stride', 'both', 1);
  actions.setInput(large);
  assert.deepEqual([setting('kernel_size'), setting('stride')], [[3, 3], 1]);
  assert.deepEqual(experiment.value.weight, weight);
  assert.equal(notice.value, null);

  // Dilated less, it keeps its weights; with three channels too.
  actions.setControl('dilation', 'both', 5);
  actions.setInput({ shape: [3, 5, 5], data: new Float64Array(75) });
  assert.deepEqual([setting('dilation'), setting('kernel_size')], [2, [3, 3]]);
  actions.setInput(large);
  assert.equal(setting('dilation'), 5);

  // What was set or drawn meanwhile stays.
  actions.setInput({ shape: [1, 5, 5], data: new Float64Array(25) });
  actions.setControl('dilation', 'both', 1);
  actions.setControl('dilation', 'both', 2);
  actions.setInput(large);
  assert.equal(setting('dilation'), 2);
  actions.setControl('dilation', 'both', 1);
  actions.setInput(two);
  actions.setWeightCell([0, 0, 1, 1], 9);
  actions.setInput(large);
  assert.deepEqual(setting('kernel_size'), [2, 2]);
  assert.equal(experiment.value.weight.data[3], 9);

  actions.setOperation('max');
  actions.setControl('kernel_size', 'both', 5);
  actions.setInput(two);
  assert.deepEqual(setting('kernel_size'), [2, 2]);
  actions.setInput(large);
  assert.deepEqual(setting('kernel_size'), [5, 5]);
});

test('a drawn input is drawn anew at another size, a painted one cut or filled up', () => {
  actions.setPattern('ramp');
  actions.setInputSize(3, 5);
  assert.deepEqual(experiment.value.input, pattern('ramp', 3, 5, 1));
  actions.setInputChannels(2);
  assert.deepEqual(experiment.value.input, pattern('ramp', 3, 5, 2));
  actions.setInputSize(8, 8);
  assert.deepEqual(experiment.value.input, pattern('ramp', 8, 8, 2));
  actions.setInputCell({ channel: 1, row: 0, column: 0 }, 9);
  actions.setInputSize(1, 1);
  actions.setInputSize(2, 2);
  assert.deepEqual(Array.from(experiment.value.input.data.subarray(4)), [9, 0, 0, 0]);
  actions.setInputChannels(3);
  assert.equal(shape(), '3×2×2');
  actions.setPattern('nothing');
  assert.equal(shape(), '3×2×2');
});

test('a pattern that a link brought is known by its numbers', () => {
  store.experiments.begin({
    ...EXAMPLE,
    input: /** @type {any} */ (pattern('checkerboard', 6, 6, 1)),
  });
  actions.setInputSize(5, 7);
  assert.deepEqual(experiment.value.input, pattern('checkerboard', 5, 7, 1));
});

test('a picture is reduced to the grid, and anew for another', () => {
  const data = Float64Array.from({ length: 16 * 16 }, (_, at) => (at % 16 < 8 ? 0 : 1));
  actions.setPicture({ shape: [1, 16, 16], data }, 8, 4);
  assert.deepEqual(Array.from(experiment.value.input.data.subarray(0, 4)), [0, 0, 1, 1]);
  actions.setInputSize(8, 8);
  assert.deepEqual(
    Array.from(experiment.value.input.data.subarray(0, 8)),
    [0, 0, 0, 0, 1, 1, 1, 1],
  );
  actions.setInputChannels(2);
  assert.equal(shape(), '2×8×8');
});

test('a painted stroke is one step of undo, however long it takes', () => {
  const cell = (/** @type {number} */ column) => ({ channel: 0, row: 0, column });
  actions.paintCell(cell(0), 1, 'begin');
  pass(3000);
  actions.paintCell(cell(1), 1, 'extend');
  actions.paintCell(cell(1), 1, 'extend');
  actions.paintCell(cell(6), 1, 'end');
  actions.paintCell(cell(7), 1, 'begin');
  actions.paintCell(cell(7), 1, 'end');
  assert.equal(experiment.value.input.data[7], 1);
  actions.undo();
  assert.deepEqual(
    Array.from(experiment.value.input.data.subarray(0, 8)),
    [1, 1, 0.2, 0.5, 0.5, 0.2, 1, 0],
  );
  actions.undo();
  assert.equal(experiment.value, EXAMPLE);
});

test('what is no number is not taken', () => {
  actions.setInputCell({ channel: 0, row: 0, column: 0 }, NaN);
  actions.setWeightCell([0, 0, 0, 0], Infinity);
  actions.setBiasCell(0, NaN);
  actions.setOutputGradientCell({ channel: 0, row: 0, column: 0 }, NaN);
  assert.equal(experiment.value, EXAMPLE);
});

test('an operation taken up again is as it was left', () => {
  actions.setSettings({ padding_mode: 'reflect', padding: 1, flip_kernel: true });
  actions.setOperation('conv_transpose2d');
  assert.deepEqual(see.value, { kind: 'stamp' });
  actions.setSettings({ output_padding: 1 });
  actions.setOperation('max');
  assert.deepEqual(see.value, { kind: 'forward' });
  actions.setSettings({ ceil_mode: true });
  actions.setOperation('conv2d');
  assert.deepEqual(
    [setting('padding_mode'), setting('padding'), setting('flip_kernel'), setting('ceil_mode')],
    ['reflect', 1, true, undefined],
  );
  actions.setOperation('average');
  assert.equal(setting('ceil_mode'), true);
  actions.setOperation('conv_transpose2d');
  assert.equal(setting('output_padding'), 1);
});

test('filters, groups, presets, bias', () => {
  actions.setInputChannels(2);
  actions.setFilters(4);
  actions.setGroups(2);
  assert.deepEqual(experiment.value.weight.shape, [4, 1, 3, 3]);
  actions.setDepthMultiplier(1);
  assert.deepEqual(experiment.value.weight.shape, [2, 1, 3, 3]);
  actions.setKernelPreset({ shape: [1, 1], data: Float64Array.of(2) });
  assert.deepEqual(weight(), [2, 2]);
  actions.setWeight({ shape: [1, 2, 1, 1], data: Float64Array.of(3, 4) }, 1);
  assert.deepEqual([weight(), setting('groups')], [[3, 4], 1]);
  actions.addBias(true);
  actions.setBiasCell(0, 2);
  assert.deepEqual(experiment.value.bias, Float64Array.of(2));
  actions.addBias(false);
  assert.equal(experiment.value.bias, null);
});

test('a way out is taken', () => {
  actions.useWayOut({ settings: { ...EXAMPLE.settings, stride: 1 } });
  assert.equal(setting('stride'), 1);
});

test('trained kernels are taken as filters', () => {
  actions.takeTrained([0]);
  assert.equal(experiment.value, EXAMPLE);
  const data = Float64Array.from({ length: 4 }, (_, at) => at);
  trained.value = { shape: [4, 1, 1, 1], data };
  actions.takeTrained([]);
  assert.equal(experiment.value, EXAMPLE);
  actions.setInputChannels(2);
  actions.takeTrained([2, 3]);
  assert.deepEqual(
    [experiment.value.weight.shape, weight()],
    [
      [2, 2, 1, 1],
      [2, 2, 3, 3],
    ],
  );
  actions.setOperation('conv_transpose2d');
  actions.takeTrained([1, 3, 2]);
  assert.deepEqual(
    [experiment.value.weight.shape, weight()],
    [
      [2, 3, 1, 1],
      [1, 3, 2, 1, 3, 2],
    ],
  );
});

test('what is explained: the pointed cell, else the pinned one, else the one being made', () => {
  assert.deepEqual(spot.value, place('output', 2, 2));
  actions.pin(place('output', 0, 1));
  actions.point(place('input', 5, 5));
  assert.deepEqual(spot.value, place('input', 5, 5));
  const before = store.pointed.value;
  actions.point(place('input', 5, 5));
  assert.equal(store.pointed.value, before);
  actions.point(null);
  actions.point(null);
  assert.deepEqual(spot.value, place('output', 0, 1));
  actions.setControl('stride', 'both', 7);
  assert.deepEqual(spot.value, place('output', 0, 0), 'the pinned cell is gone');
  actions.unpin();
  assert.equal(store.pinned.value, null);
});

test('pinning shows the filter of what is pinned', () => {
  actions.setFilters(3);
  actions.pin(place('output', 0, 1, 2));
  assert.equal(store.filter.value, 2);
  actions.pin({ ...place('kernel'), filter: 1 });
  assert.equal(store.filter.value, 1);
  actions.pin(place('input'));
  assert.equal(store.filter.value, 1);
  store.chosenFilter.value = 9;
  assert.equal(store.filter.value, 2);
});

test('playing goes through the frames by the clock, and ends with all of it shown', () => {
  assert.equal(playback.value.frame, 8);
  actions.play();
  actions.play();
  assert.deepEqual([playback.value.frame, playback.value.isPlaying], [0, true]);
  nextFrame(400);
  assert.equal(playback.value.frame, 0);
  nextFrame(200);
  assert.equal(playback.value.frame, 1);
  actions.setSpeed(4);
  nextFrame(500);
  assert.equal(playback.value.frame, 5);
  assert.ok(nextFrame(10_000));
  assert.deepEqual([playback.value.frame, playback.value.isPlaying], [8, false]);
  assert.equal(nextFrame(16), false, 'nothing is asked for while nothing plays');
});

test('pause, step, scrub', () => {
  actions.scrub(3);
  actions.play();
  nextFrame(1100);
  assert.equal(playback.value.frame, 5);
  actions.pause();
  actions.pause();
  nextFrame(5000);
  assert.deepEqual([playback.value.frame, playback.value.isPlaying], [5, false]);
  actions.step(-1);
  actions.step(-1);
  assert.equal(playback.value.frame, 3);
  assert.deepEqual(spot.value, place('output', 1, 0));
  actions.scrub(99);
  assert.equal(playback.value.frame, 8);
  actions.scrub(-3);
  assert.equal(playback.value.frame, 0);
  actions.setSpeed(2);
  assert.equal(nextFrame(16), false);
});

test('stepping and playing go on from what is pinned', () => {
  actions.pin(place('output', 1, 1));
  actions.step(1);
  assert.deepEqual([store.pinned.value, spot.value], [null, place('output', 1, 2)]);
  actions.pin(place('output', 0, 1));
  actions.play();
  assert.deepEqual([store.pinned.value, playback.value.frame], [null, 1]);
  actions.pin(place('input', 0, 1));
  assert.equal(playback.value.isPlaying, false);
  nextFrame(16);
});

test('pausing at once and playing on asks for one animation frame at a time', () => {
  actions.play();
  actions.pause();
  actions.play();
  assert.ok(nextFrame(16));
  actions.pause();
  nextFrame(16);
});

test('what has no output has nothing to play', () => {
  see.value = { kind: 'forward' };
  experiment.value = { ...EXAMPLE, input: /** @type {any} */ (pattern('ones', 2, 2, 1)) };
  actions.play();
  assert.deepEqual([playback.value.isPlaying, spot.value], [false, null]);
});

test('a view is one that the operation has', () => {
  actions.pin(place('output'));
  actions.setSee({ kind: 'stamp' });
  assert.deepEqual(see.value, { kind: 'forward' });
  actions.setSee({ kind: 'backward' });
  assert.deepEqual([see.value, store.pinned.value], [{ kind: 'backward' }, null]);
  actions.setSee({ kind: 'backward' });
});

const beside = () => store.other.value?.experiment.value;

test('two Labs are compared on one input', () => {
  takeQuestions();
  const stop = startLab(store);
  actions.compareWith(EXAMPLE);
  assert.equal(beside(), EXAMPLE);
  actions.setOperation('max');
  assert.deepEqual(see.value, { kind: 'compare' });
  actions.setInputSize(6, 6);
  assert.equal(beside()?.input, experiment.value.input);
  assert.equal(store.other.value?.canUndo.value, false, 'the input is none of its own steps');
  actions.swapOther();
  assert.deepEqual([experiment.value.operation, beside()?.operation], ['conv2d', 'max']);
  store.other.value?.experiments.undo();
  assert.deepEqual([beside()?.operation, beside()?.input], ['conv2d', experiment.value.input]);
  actions.compareWith(null);
  assert.deepEqual([see.value, store.other.value], [{ kind: 'forward' }, null]);
  actions.swapOther();
  assert.equal(experiment.value.operation, 'conv2d');
  stop();
});

test('what the Lab beside had to give way to a small input comes back when there is room', () => {
  takeQuestions();
  const stop = startLab(store);
  actions.compareWith(withControl(EXAMPLE, 'kernel_size', 'both', 5));
  actions.setInputSize(3, 3);
  assert.deepEqual(beside()?.settings.kernel_size, [3, 3]);
  actions.setInputSize(8, 8);
  assert.deepEqual(beside()?.settings.kernel_size, [5, 5]);
  stop();
});

test('a comparison opens on a pair that shows something: the one shown last', () => {
  const { comparison } = store;
  actions.setSee({ kind: 'compare' });
  assert.deepEqual(
    [comparison.shownPair.value?.name, beside()?.operation],
    ['stride-pooling', 'max'],
  );
  actions.showPair(PAIRS[2]);
  assert.equal(comparison.otherChain.value.length, 2);
  actions.setSee({ kind: 'forward' });
  actions.setSee({ kind: 'compare' });
  assert.equal(comparison.shownPair.value, PAIRS[2]);
  actions.controlBeside(true);
  actions.setTwice(false);
  assert.equal(comparison.shownPair.value, null);
  actions.compareWith(null);
  assert.equal(comparison.isBesideSet.value, false);
  actions.setSee({ kind: 'compare' });
  assert.equal(comparison.shownPair.value, PAIRS[2]);

  // Where the input has no room for it, on the first that it has room for; else on equal sides.
  actions.compareWith(null);
  comparison.pairName.value = 'stride-pooling';
  actions.setInputSize(1, 1);
  actions.setSee({ kind: 'compare' });
  assert.notEqual(comparison.pairName.value, 'stride-pooling');
});

test('a pair is one step of undo: both sides, and the view', () => {
  const { comparison } = store;
  const view = () => [
    experiment.value.operation,
    beside()?.operation,
    see.value.kind,
    comparison.isTwice.value,
  ];
  const pairs = PAIRS.filter(({ name }) => name === 'one-two' || name === 'max-average');
  actions.showPair(pairs[0]);
  const first = [experiment.value, beside()];
  actions.showPair(pairs[1]);
  const second = [experiment.value, beside()];
  assert.deepEqual(view(), ['max', 'average', 'compare', false]);
  actions.undo();
  assert.deepEqual([experiment.value, beside()], first);
  assert.deepEqual(view(), ['conv2d', 'conv2d', 'compare', true]);
  assert.equal(comparison.shownPair.value, pairs[0]);
  actions.undo();
  assert.deepEqual([experiment.value, ...view()], [EXAMPLE, 'conv2d', undefined, 'forward', false]);
  assert.equal(canUndo.value, false);
  for (const sides of [first, second]) {
    actions.redo();
    assert.deepEqual([experiment.value, beside(), see.value.kind], [...sides, 'compare']);
  }
  assert.equal(canRedo.value, false);
  actions.redo();
  assert.deepEqual([experiment.value, beside()], second);
});

const MINE = withControl(withControl(EXAMPLE, 'kernel_size', 'both', 5), 'stride', 'both', 3);

/** Opens a pair over an experiment of one's own. @param {string} name */
function openOverMine(name) {
  store.experiments.begin(MINE);
  store.comparison.pairName.value = name;
  actions.setSee({ kind: 'compare' });
  assert.equal(store.comparison.shownPair.value?.name, name);
  assert.notDeepEqual(experiment.value, MINE);
}

test('who leaves a pair gets back what stood there before it', () => {
  const leaves = {
    forward: () => actions.setSee({ kind: 'forward' }),
    backward: () => actions.setSee({ kind: 'backward' }),
    image: () => actions.setSee({ kind: 'image' }),
    end: () => actions.compareWith(null),
  };
  for (const [kind, leave] of Object.entries(leaves)) {
    openOverMine('stride-pooling');
    leave();
    assert.deepEqual([experiment.value, store.other.value], [MINE, null], kind);
    assert.equal(see.value.kind, kind === 'end' ? 'forward' : kind);
    actions.undo();
    assert.deepEqual([beside()?.operation, see.value.kind], ['max', 'compare']);
    actions.undo();
    assert.deepEqual([experiment.value, canUndo.value], [MINE, false]);
  }
  // From pair to pair, and with the sides exchanged, it is still that.
  openOverMine('standard-depthwise');
  for (const pair of PAIRS) actions.showPair(pair);
  assert.equal(shape(), '3×8×8');
  actions.showPair(PAIRS[0]);
  assert.equal(shape(), '1×8×8');
  actions.swapOther();
  assert.equal(experiment.value.operation, 'max');
  actions.setSee({ kind: 'forward' });
  assert.deepEqual([experiment.value, store.other.value], [MINE, null]);
});

test('what was changed of a pair oneself stays', () => {
  // Side A: the pair has become one's own.
  openOverMine('stride-pooling');
  actions.setControl('padding', 'both', 2);
  actions.setSee({ kind: 'forward' });
  assert.deepEqual([setting('padding'), setting('kernel_size')], [2, [3, 3]]);
  assert.equal(beside()?.operation, 'max');
  actions.setSee({ kind: 'compare' });
  actions.showPair(PAIRS[1]);
  actions.compareWith(null);
  assert.deepEqual([setting('padding'), setting('stride')], [2, 2]);

  // The input, which both sides share.
  actions.compareWith(null);
  openOverMine('stride-pooling');
  actions.setInputCell({ channel: 0, row: 0, column: 0 }, 9);
  const { input } = experiment.value;
  actions.setSee({ kind: 'forward' });
  assert.deepEqual(experiment.value, { ...MINE, input });

  // Side B.
  openOverMine('stride-pooling');
  store.other.value?.experiments.replace(EXAMPLE);
  actions.setSee({ kind: 'forward' });
  assert.deepEqual([experiment.value, beside()], [MINE, EXAMPLE]);
  // It stands beside again behind a pair that is opened over it.
  actions.showPair(PAIRS[0]);
  actions.setSee({ kind: 'forward' });
  assert.deepEqual([experiment.value, beside()], [MINE, EXAMPLE]);

  // Both back by hand is as if nothing had been.
  actions.compareWith(null);
  openOverMine('stride-pooling');
  actions.setControl('padding', 'both', 2);
  actions.setControl('padding', 'both', 1);
  actions.setSee({ kind: 'forward' });
  assert.deepEqual(experiment.value, MINE);
});

test('a view that the operation has not which is given back gives way to the usual one', () => {
  actions.setOperation('global_max');
  actions.showPair(PAIRS[0]);
  actions.setSee({ kind: 'image' });
  assert.deepEqual([experiment.value.operation, see.value.kind], ['global_max', 'forward']);
});

test('what was swapped is no step of the pair that it came from', () => {
  actions.showPair(PAIRS[0]);
  actions.swapOther();
  actions.swapOther();
  actions.undo();
  assert.deepEqual([experiment.value.operation, see.value.kind], ['max', 'compare']);
});

test('two Labs are independent of each other', () => {
  const other = createLab();
  other.actions.setControl('stride', 'both', 1);
  other.actions.setOperation('max');
  other.actions.pin(place('output'));
  other.actions.openTab('cells');
  other.actions.play();
  assert.deepEqual([experiment.value, store.pinned.value, canUndo.value], [EXAMPLE, null, false]);
  assert.deepEqual([store.panel.inputTab.value, playback.value.isPlaying], ['paint', false]);
  actions.undo();
  assert.equal(other.signals.experiment.value.operation, 'max');
  assert.deepEqual(createLab(EXAMPLE).signals.experiment.value, EXAMPLE);
});

test('a combination of a sweep is opened on the stage', () => {
  const row = sweepOf(EXAMPLE, store.sweepRanges.value)[1];
  actions.openSweepRow(row);
  assert.deepEqual([setting('stride'), setting('padding')], [1, 1]);
  actions.setSweepRanges({ ...USUAL_RANGES, stride: [1] });
  assert.deepEqual(store.sweepRanges.value.stride, [1]);
  actions.setSweepRanges(USUAL_RANGES);
});

test('a shift laid over, a setting lit, an output gradient', () => {
  actions.setOverlay({ rows: 2, columns: 0 });
  assert.deepEqual(store.overlay.value, { rows: 2, columns: 0 });
  actions.light('stride');
  assert.equal(store.lit.value, 'stride');
  actions.light(null);
  actions.resetOutputGradient();
  assert.equal(experiment.value, EXAMPLE);
  actions.setOutputGradientCell({ channel: 0, row: 0, column: 0 }, 0);
  assert.equal(experiment.value.outputGradient?.data[0], 0);
  actions.resetOutputGradient();
  assert.equal(experiment.value.outputGradient, null);
});

test('undo goes back to an operation in a view that it has', () => {
  actions.setOperation('conv_transpose2d');
  actions.setOperation('conv2d');
  actions.setSee({ kind: 'image' });
  actions.undo();
  assert.deepEqual([experiment.value.operation, see.value.kind], ['conv_transpose2d', 'stamp']);
  actions.redo();
  assert.deepEqual([experiment.value.operation, see.value.kind], ['conv2d', 'forward']);
});

test('it is said where commas were read as decimal points', () => {
  actions.pasteInput('1,5\t2');
  assert.deepEqual(Array.from(experiment.value.input.data), [1.5, 2]);
  assert.match(
    String(notice.value?.sentence),
    /^The commas were read as decimal points\. .* kernel_size is now 1×2\./,
  );
  actions.setInputSize(8, 8);
  remark.value = null;
  actions.pasteKernel('0,5\t1', null);
  assert.deepEqual(weight(), [0.5, 1]);
  assert.match(remarkNow(), /commas were read as decimal points/);
  actions.setInput({ shape: [1, 1, 2], data: Float64Array.of(1.5, 2) });
  actions.pasteInput('1,000\t2');
  assert.deepEqual(Array.from(experiment.value.input.data), [1.5, 2]);
  assert.match(String(inputPaste.value.error), /^“1,000” may be 1000 or 1\.000/);
});
