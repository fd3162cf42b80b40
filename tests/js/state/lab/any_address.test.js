// No address, whatever stands in it, may break what the page is made from.
import assert from 'node:assert/strict';
import test from 'node:test';

import { randomNumbers } from '../../core/random.js';
import { linked } from '../../../../static/js/core/stage/highlight.js';
import { sweepOf } from '../../../../static/js/core/sweep/sweep.js';
import { readState, stateText } from '../../../../static/js/state/lab/link.js';
import { LabState } from '../../../../static/js/state/lab/store.js';

const lab = new LabState();
const { combinations, shownRanges } = lab.sweep;
const { otherChain, otherSpots, pairRefusals } = lab.comparison;

const TEXTS = [
  ...['0', '1', '2', '7', '64', '9999', '-1', '-9999', '99999999999999', '2.5', 'true', 'same'],
  ...['input.0.0.0', 'output.0.1.1', 'kernel.7.99.99.7', 'output.-1.0.0', 'kernel.0.0.0.-1'],
  ...['backward', 'compare', 'image', 'stamp', 'gather', '3.-2', '9999.9999', '1_2_99999_same'],
  ...['max', 'conv_transpose2d', 'adaptive_max', 'stride=99', 'operation=lp&dilation=1000'],
  ...['operation=conv_transpose2d&stride=16', 'weight=zz', '__proto__', '', '%', 'a&b', 'china'],
];
const NAMES = [
  ...['operation', 'stride', 'padding', 'dilation', 'output_size', 'compare_with', 'see', 'filter'],
  ...['pin', 'frame', 'speed', 'shift', 'twice', 'photo', 'sweep_stride', 'sweep_padding'],
  ...['sweep_kernel_size', 'sweep_dilation', 'sweep_ceil_mode', 'groups', 'nothing', '__proto__'],
];

test('no address can throw, and the address of what it shows shows the same', () => {
  const random = randomNumbers(11);
  const one = (/** @type {readonly string[]} */ list) => list[Math.floor(random() * list.length)];
  for (let round = 0; round < 600; round++) {
    const texts = new URLSearchParams();
    for (let count = 0; count < 8; count++) texts.set(one(NAMES), one(TEXTS));
    readState(lab, `${texts}`, true);
    const { experiment, see, spot, shownOutcome, playback, filter } = lab;
    assert.equal(shownOutcome.value.kind, 'computed', `${texts}`);
    assert.ok(playback.value.frame >= 0 && filter.value >= 0);
    if (spot.value) linked(experiment.value, see.value, spot.value);
    assert.equal(otherChain.value.length, otherSpots.value.length);
    assert.equal(pairRefusals.value.length, 6);
    if (combinations.value <= 64) sweepOf(experiment.value, shownRanges.value);
    const text = stateText(lab);
    readState(lab, text, true);
    assert.equal(stateText(lab), text, `${texts}`);
  }
});
