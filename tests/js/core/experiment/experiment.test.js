import assert from 'node:assert/strict';
import test from 'node:test';

import {
  EXAMPLE,
  filtersOf,
  gradients,
  LAB_CAPS,
  OPERATION_NAMES,
  outChannelsOf,
  outcome,
  outputGradientOf,
  outputShapeOf,
  questionOf,
  traceAt,
  withBias,
  withInput,
  withOperation,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { everyPosition, flat, golden, tensor } from '../golden.js';
import { numbers, onInput } from '../made.js';

/** @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment */

/** The outcome of what can be computed. @param {Experiment} experiment */
function computed(experiment) {
  const found = outcome(experiment);
  assert.equal(found.kind, 'computed');
  return /** @type {import('../../../../static/js/core/experiment/experiment.js').Computed} */ (
    found
  );
}

/** Nested arrays as values in float64. @param {any} nested */
const values = (nested) => {
  const { shape } = tensor(nested);
  return { shape, data: Float64Array.from(flat(nested)) };
};

test('the example shows one row and one column that no window reads', () => {
  const { output, height, width, cost, dense, indices } = computed(EXAMPLE);
  assert.deepEqual(output.shape, [1, 3, 3]);
  assert.deepEqual([height.unread, width.unread], [[7], [7]]);
  assert.deepEqual([cost?.total, cost?.multiplyAccumulates, dense.total], [9, 81, 576]);
  assert.equal(indices, null);
  const rounded = Array.from(output.data, (value) => Number(value.toFixed(6)));
  assert.deepEqual(rounded, [2.6, 0.1, -1.8, 1.6, -0.2, 0.3, 1.6, 1.6, -2.3]);
});

test('outcomes are torch’s, of convolutions, transposed ones and poolings', () => {
  for (const { settings, input, weight, bias, output } of golden('convolutions')) {
    const experiment = {
      ...EXAMPLE,
      settings,
      input: values(input),
      weight: values(weight),
      bias: bias && Float64Array.from(bias),
    };
    assert.deepEqual(Array.from(computed(experiment).output.data), flat(output));
  }
  for (const one of golden('transposed')) {
    /** @type {Experiment} */
    const experiment = {
      operation: 'conv_transpose2d',
      settings: one.settings,
      input: values(one.input),
      weight: values(one.weight),
      bias: one.bias && Float64Array.from(one.bias),
      outputGradient: values(one.output_gradient),
    };
    assert.deepEqual(Array.from(computed(experiment).output.data), flat(one.output));
    assert.deepEqual(outputShapeOf(experiment), tensor(one.output).shape);
    const found = gradients(experiment);
    assert.deepEqual(Array.from(found?.input.data ?? []), flat(one.input_gradient));
    assert.deepEqual(Array.from(found?.weight?.data ?? []), flat(one.weight_gradient));
  }
  for (const one of golden('pooling_kinds')) {
    const experiment = {
      ...EXAMPLE,
      operation: one.kind,
      settings: one.settings,
      input: values(one.input),
      outputGradient: values(one.output_gradient),
    };
    const { output, indices, cost } = computed(experiment);
    assert.equal(cost, null);
    assert.deepEqual(output.shape, tensor(one.output).shape);
    assert.deepEqual(indices && Array.from(indices), one.indices && flat(one.indices));
    const slopes = gradients(experiment);
    assert.equal(slopes?.weight, null);
    flat(one.input_gradient).forEach((value, index) => {
      assert.ok(Math.abs(value - Number(slopes?.input.data[index])) < 1e-12);
    });
  }
});

test('every value of every operation is what its trace says', () => {
  for (const operation of OPERATION_NAMES) {
    const experiment = withOperation(onInput(2, 6, 5), operation);
    const { output, height, width } = computed(experiment);
    assert.deepEqual(outputShapeOf(experiment), output.shape);
    assert.deepEqual([height.output, width.output], output.shape.slice(1));
    everyPosition(output.shape).forEach((place, index) => {
      const { value } = traceAt(experiment, place);
      assert.ok(Math.abs(value - output.data[index]) < 1e-12, operation);
    });
    assert.equal(outChannelsOf(experiment), output.shape[0]);
    assert.equal(filtersOf(experiment), 1);
  }
});

test('an adaptive pooling without a size of its own keeps the input’s', () => {
  const experiment = withOperation(onInput(1, 5, 4), 'adaptive_average');
  const own = withSettings(experiment, { ...experiment.settings, output_size: [2, null] });
  assert.deepEqual(computed(own).output.shape, [1, 2, 4]);
  assert.equal(computed(own).width.output, 4);
  const turned = withSettings(experiment, { ...experiment.settings, output_size: [null, 3] });
  assert.deepEqual(computed(turned).output.shape, [1, 5, 3]);
});

test('what cannot be computed says why, and what is nearest', () => {
  const small = withInput(EXAMPLE, numbers(1, 2, 2));
  const found = outcome(small);
  assert.equal(found.kind, 'refused');
  assert.equal(found.kind === 'refused' && found.field, 'kernel_size');
  assert.deepEqual(found.kind === 'refused' && found.nearest?.kernel_size, 2);
  assert.equal(outputShapeOf(small), null);
  assert.equal(outputGradientOf(small), null);
  assert.equal(gradients(small), null);
});

test('everything is computed once for each experiment', () => {
  assert.equal(outcome(EXAMPLE), outcome(EXAMPLE));
  assert.equal(gradients(EXAMPLE), gradients(EXAMPLE));
});

test('without an output gradient each output value matters alike', () => {
  const found = gradients(withBias(EXAMPLE, Float64Array.of(0)));
  assert.deepEqual(Array.from(found?.output.data ?? []), Array(9).fill(1));
  assert.deepEqual(Array.from(found?.bias?.data ?? []), [9]);
  assert.equal(gradients(EXAMPLE)?.bias, null);
});

test('controls go as far as the Lab does, a transposed stride less far on a large input', () => {
  assert.deepEqual(questionOf(EXAMPLE).caps, LAB_CAPS);
  const spread = (/** @type {number} */ lines) =>
    questionOf(withOperation(onInput(1, lines, 8), 'conv_transpose2d')).caps?.stride;
  assert.deepEqual([spread(8), spread(32), spread(64)], [16, 8, 4]);
});
