import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  outcome,
  withBiasCell,
  withControl,
  withInChannels,
  withInput,
  withInputSize,
  withOperation,
  withOutChannels,
  withSettings,
  withWeight,
} from '../../../../static/js/core/experiment/experiment.js';
import { comparisonOf, nameOf } from '../../../../static/js/core/compare/comparison.js';
import {
  counterpart,
  frameBeside,
  middleOf,
} from '../../../../static/js/core/compare/counterpart.js';
import {
  withDepthMultiplier,
  withGroups,
} from '../../../../static/js/core/experiment/change_settings.js';
import { groupSteps } from '../../../../static/js/core/experiment/groups.js';
import { pairRefusal, PAIRS } from '../../../../static/js/core/compare/pairs.js';
import { reachOf } from '../../../../static/js/core/compare/reach.js';
import { chainOf } from '../../../../static/js/core/compare/stack.js';
import { onInput } from '../made.js';

/** @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment */

/** @param {string} name */
function pairNamed(name) {
  const pair = PAIRS.find((one) => one.name === name);
  assert.ok(pair);
  return pair;
}

/** @param {Experiment} experiment */
function outputOf(experiment) {
  const found = outcome(experiment);
  assert.equal(found.kind, 'computed');
  return found.kind === 'computed' ? found.output : assert.fail();
}

/** @param {ReturnType<typeof comparisonOf>} facts */
const byName = (facts) =>
  Object.fromEntries(facts.map(({ name, one, two, difference }) => [name, [one, two, difference]]));

test('stride 2 beside a pooling: as small, with weights and without', () => {
  const { experiment, other, isTwice } = pairNamed('stride-pooling').make(EXAMPLE);
  assert.equal(isTwice, false);
  assert.deepEqual(byName(comparisonOf([experiment], [other])), {
    size: ['4×4', '4×4', 'same'],
    parameters: ['9', '0', '−9'],
    macs: ['144', '0', '−144'],
    reach: ['3×3', '2×2', '−1 each way'],
    unread: ['0', '0', 'same'],
    values: ['', '', 'by up to 4.20'],
  });
});

test('dilation is a larger kernel with zeros in its gaps', () => {
  for (const now of [EXAMPLE, withOutChannels(onInput(2, 9, 7), 3)]) {
    const { experiment, other } = pairNamed('dilation-size').make(now);
    const facts = byName(comparisonOf([experiment], [other]));
    assert.deepEqual(facts.values, ['', '', 'equal']);
    assert.deepEqual(facts.reach, ['5×5', '5×5', 'same']);
  }
  const { experiment, other } = pairNamed('dilation-size').make(EXAMPLE);
  assert.deepEqual(byName(comparisonOf([experiment], [other])).parameters, [
    '9',
    '25',
    '+16 (× 2.78)',
  ]);
});

test('two small convolutions do what a large one does, away from the border', () => {
  for (const now of [EXAMPLE, withOutChannels(onInput(2, 9, 10), 3)]) {
    const { experiment, other, isTwice } = pairNamed('one-two').make(now);
    const [first, second] = chainOf(other, isTwice);
    const [one, two] = [outputOf(experiment), outputOf(second)];
    assert.deepEqual(one.shape, two.shape);
    const [maps, height, width] = one.shape;
    for (let map = 0; map < maps; map++) {
      for (let row = 1; row < height - 1; row++) {
        for (let column = 1; column < width - 1; column++) {
          const at = (map * height + row) * width + column;
          assert.ok(Math.abs(one.data[at] - two.data[at]) < 1e-9);
        }
      }
    }
    assert.deepEqual(reachOf([first, second]), reachOf([experiment]));
  }
  const { experiment, other } = pairNamed('one-two').make(EXAMPLE);
  const facts = byName(comparisonOf([experiment], chainOf(other, true)));
  assert.deepEqual(facts.parameters, ['25', '18', '−7 (× 0.720)']);
  assert.deepEqual(facts.macs, ['1,600', '1,152', '−448 (× 0.720)']);
  assert.deepEqual(facts.reach, ['5×5', '5×5', 'same']);
});

test('every pair can be made of whatever is shown', () => {
  const pooled = withOperation(EXAMPLE, 'global_max');
  const transposed = withOperation(EXAMPLE, 'conv_transpose2d');
  for (const now of [EXAMPLE, pooled, transposed, onInput(3, 5, 6), onInput(2, 8, 8)]) {
    for (const { name, make, title, line } of PAIRS) {
      assert.ok(title && line);
      const { experiment, other, isTwice } = make(now);
      assert.equal(experiment.input, other.input, name);
      assert.notDeepEqual(experiment, other, name);
      assert.ok(comparisonOf([experiment], chainOf(other, isTwice)).length > 0, name);
    }
  }
});

test('a pair is the same whatever kernels and settings stood there before it', () => {
  for (const input of [EXAMPLE.input, onInput(3, 7, 6).input]) {
    const fresh = withInput(EXAMPLE, input);
    const biased = withBiasCell(withOutChannels(fresh, 4), 1, 2);
    const blank = withWeight(fresh, { shape: [1, 1, 1, 1], data: new Float64Array(1) });
    const before = PAIRS.map(({ make }) => make(fresh));
    const stood = before
      .flatMap(({ experiment, other }) => [experiment, other])
      .filter((one) => one.input === input);
    assert.ok(stood.length > 6);
    for (const now of [...stood, biased, blank, withOperation(fresh, 'global_max')]) {
      for (const { name, make } of PAIRS) assert.deepEqual(make(now), make(fresh), name);
    }
  }
});

test('what a pair says of its values can be seen, of an empty input too', () => {
  const flat = { shape: [1, 8, 8], data: new Float64Array(64).fill(0.5) };
  for (const now of [EXAMPLE, withInput(EXAMPLE, flat), onInput(2, 9, 7)]) {
    for (const { name, make } of PAIRS) {
      const { experiment, other, isTwice } = make(now);
      const { values } = byName(comparisonOf([experiment], chainOf(other, isTwice)));
      if (name === 'dilation-size') assert.equal(values[2], 'equal');
      else assert.match(values[2], /^by up to \d|^not of one size/, name);
      assert.ok(new Set(outputOf(experiment).data).size > 1, name);
      assert.ok(new Set(outputOf(other).data).size > 1, name);
    }
  }
});

test('a depthwise convolution has as many weights as it has groups fewer', () => {
  const { experiment, other } = pairNamed('standard-depthwise').make(EXAMPLE);
  const facts = byName(comparisonOf([experiment], [other]));
  assert.deepEqual(facts.parameters, ['81', '27', '−54 (× 0.333)']);
  assert.deepEqual(facts.size, ['3×8×8', '3×8×8', 'same']);
  assert.equal(nameOf([other]), '3 × 3 convolution, stride 1, padding same, 3 groups');
});

test('what is different is told', () => {
  const wide = withControl(withInputSize(EXAMPLE, 8, 9), 'stride', 'width', 1);
  const facts = byName(comparisonOf([withInputSize(EXAMPLE, 8, 9)], [wide]));
  assert.deepEqual(facts.size, ['3×4', '3×7', '+0 × +3']);
  assert.deepEqual(facts.unread, ['9', '9', 'same']);
  assert.deepEqual(facts.values, ['', '', 'not of one size']);
  const refused = { ...EXAMPLE, settings: { ...EXAMPLE.settings, kernel_size: [99, 99] } };
  assert.deepEqual(comparisonOf([EXAMPLE], [refused]), []);
  assert.deepEqual(chainOf(refused, true), [refused]);
  assert.deepEqual(chainOf(EXAMPLE, false), [EXAMPLE]);
  assert.equal(chainOf(EXAMPLE, true)[1], chainOf(EXAMPLE, true)[1]);
});

test('an experiment has a name', () => {
  const { settings } = EXAMPLE;
  const padded = withSettings(EXAMPLE, {
    ...settings,
    padding: 1,
    padding_mode: 'reflect',
    dilation: 2,
  });
  assert.equal(nameOf([padded]), '3 × 3 convolution, stride 2, padding 1, reflect, dilation 2');
  const apart = withSettings(EXAMPLE, {
    ...settings,
    stride: [1, 2],
    padding: { top: 1, bottom: 0, left: 0, right: 0 },
  });
  assert.equal(nameOf([apart]), '3 × 3 convolution, stride 1 × 2, padding 1, 0, 0, 0');
  const pooling = withOperation(EXAMPLE, 'max');
  const up = withSettings(pooling, { ...pooling.settings, ceil_mode: true });
  assert.equal(nameOf([up]), '3 × 3 max pooling, stride 2, rounded up');
  assert.equal(nameOf([withOperation(EXAMPLE, 'global_average')]), 'global average pooling');
  assert.equal(nameOf(chainOf(EXAMPLE, true)), 'two 3 × 3 convolutions, stride 2');
  assert.equal(
    nameOf([withOperation(EXAMPLE, 'conv_transpose2d')]),
    '3 × 3 transposed convolution, stride 2',
  );
});

test('how far an output value sees', () => {
  assert.deepEqual(reachOf([EXAMPLE]), [3, 3]);
  assert.deepEqual(reachOf([withControl(EXAMPLE, 'dilation', 'width', 3)]), [3, 7]);
  // Stride 2 doubles the way from one value to the next.
  assert.deepEqual(reachOf(chainOf(EXAMPLE, true)), [7, 7]);
  assert.deepEqual(reachOf([withOperation(EXAMPLE, 'conv_transpose2d')]), [2, 2]);
  assert.deepEqual(reachOf([withOperation(EXAMPLE, 'global_max')]), [8, 8]);
  const gone = withSettings(withOperation(EXAMPLE, 'conv_transpose2d'), {
    ...EXAMPLE.settings,
    stride: 1,
    padding: 2,
  });
  assert.deepEqual(reachOf([gone]), [3, 3]);
});

test('groups go from one to one a channel', () => {
  const wide = withOutChannels(onInput(4, 5, 5), 2);
  assert.deepEqual(groupSteps(wide).steps, [1, 2, 4]);
  assert.equal(withGroups(wide, 2).settings.groups, 2);
  const { multiplier } = groupSteps(wide);
  const depthwise = withDepthMultiplier(wide, multiplier);
  assert.deepEqual([depthwise.settings.groups, depthwise.weight.shape], [4, [4, 1, 3, 3]]);
  assert.deepEqual(groupSteps(EXAMPLE).steps, [1]);
});

test('a cell answers on the other side', () => {
  const larger = withControl(EXAMPLE, 'stride', 'both', 1);
  const at = (
    /** @type {'input' | 'output' | 'kernel'} */ side,
    /** @type {number[]} */ ...[row, column, channel = 0]
  ) => /** @type {const} */ ({ side, channel, row, column });
  assert.deepEqual(counterpart(EXAMPLE, larger, at('output', 1, 2)), at('output', 3, 5));
  assert.deepEqual(counterpart(larger, EXAMPLE, at('output', 5, 0)), at('output', 2, 0));
  assert.deepEqual(counterpart(EXAMPLE, larger, at('input', 7, 3)), at('input', 7, 3));
  const filtered = { ...at('input', 7, 3), filter: 0 };
  assert.deepEqual(counterpart(EXAMPLE, larger, filtered), { ...filtered, filter: undefined });
  const wide = withControl(EXAMPLE, 'kernel_size', 'both', 5);
  assert.deepEqual(counterpart(EXAMPLE, wide, { ...at('kernel', 1, 2), filter: 3 }), {
    ...at('kernel', 2, 4),
    filter: 0,
  });
  const single = withControl(EXAMPLE, 'kernel_size', 'both', 1);
  assert.deepEqual(counterpart(single, EXAMPLE, at('kernel', 0, 0)), at('kernel', 0, 0));
  assert.equal(counterpart(withInChannels(EXAMPLE, 2), EXAMPLE, at('input', 0, 0, 1)), null);
  const refused = { ...EXAMPLE, settings: { ...EXAMPLE.settings, dilation: 9 } };
  assert.equal(counterpart(EXAMPLE, refused, at('output', 0, 0)), null);
});

test('of two in a row the first shows the middle of the window of the second', () => {
  const see = { kind: 'compare' };
  const at = /** @type {const} */ ({ side: 'output', channel: 0, row: 1, column: 2 });
  assert.deepEqual(middleOf(EXAMPLE, see, at), { ...at, row: 3, column: 5 });
  assert.deepEqual(middleOf(EXAMPLE, see, { ...at, side: 'input' }), at);
  assert.equal(middleOf(EXAMPLE, see, { ...at, side: 'kernel' }), null);
  assert.equal(middleOf(EXAMPLE, see, { ...at, side: 'input', row: -1 }), null);
  const kept = withSettings(withOperation(EXAMPLE, 'conv_transpose2d'), {
    ...EXAMPLE.settings,
    kernel_size: 1,
    stride: 3,
  });
  assert.equal(middleOf(kept, see, { ...at, row: 20, column: 20 }), null);
});

test('two films begin and end together', () => {
  assert.deepEqual(
    [0, 4, 8].map((frame) => frameBeside(frame, 9, 36)),
    [3, 19, 35],
  );
  assert.deepEqual(
    [0, 17, 35].map((frame) => frameBeside(frame, 36, 9)),
    [-1, 3, 8],
  );
  assert.equal(frameBeside(Infinity, 9, 4), 3);
  assert.equal(frameBeside(0, 0, 4), 3);
});

test('a pair that an input is too small for says why', () => {
  const refused = (/** @type {number[]} */ ...shape) =>
    PAIRS.filter((pair) => pairRefusal(pair, onInput(...shape))).map(({ name }) => name);
  assert.deepEqual(refused(1, 8, 8), []);
  assert.deepEqual(refused(8, 64, 64), []);
  const few = ['stride-pooling', 'max-average', 'zeros-reflect'];
  assert.deepEqual(refused(1, 1, 1), few);
  assert.deepEqual(refused(3, 1, 64), few);
  assert.match(
    String(pairRefusal(pairNamed('max-average'), onInput(1, 1, 1))),
    /^The kernel does not/,
  );
  assert.match(
    String(pairRefusal(pairNamed('zeros-reflect'), onInput(1, 1, 64))),
    /^Reflect padding of 1 does not fit an input of 1 rows: .* to give\.$/,
  );
});
