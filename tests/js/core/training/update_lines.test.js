import assert from 'node:assert/strict';
import { test } from 'node:test';

import { gradientTex, rowsOf } from '../../../../static/js/core/training/update_lines.js';

const ADAM = {
  ...{ name: 'adam', lr: 0.01, weight_decay: 0.5, betas: [0.9, 0.99], eps: 1e-8 },
  ...{ amsgrad: true, momentum: 0 },
};
const NAMES = [
  ...['gradient', 'weight_decay', 'decayed_gradient', 'exp_avg', 'exp_avg_sq', 'max_exp_avg_sq'],
  ...['bias_correction1', 'bias_correction2', 'step_size', 'denominator', 'change', 'value'],
];
/** @param {readonly string[]} names */
const linesOf = (names) =>
  names.map((name, at) => ({ name, ours: at + 1, torch: null, difference: null }));
const BEFORE = {
  ...{ value: 0.25, steps: 2 },
  state: { exp_avg: -0.5, exp_avg_sq: 0.125, max_exp_avg_sq: 0.75, momentum_buffer: 7 },
};

/** @param {import('../../../../static/js/core/training/update_lines.js').Row[]} rows */
const texts = (rows) => Object.fromEntries(rows.map(({ name, tex }) => [name, tex]));

test('every line of Adam is written with its numbers', () => {
  const rows = rowsOf(linesOf(NAMES), BEFORE, ADAM, 0.01);
  assert.deepEqual(
    rows.map(({ name }) => name),
    NAMES,
  );
  const tex = texts(rows);
  assert.ok(tex.weight_decay.endsWith(String.raw`0.5000\cdot 0.2500`));
  assert.ok(tex.exp_avg.endsWith(String.raw`0.9\cdot (-0.5000) + 0.1000\cdot 3.000`));
  assert.ok(tex.exp_avg_sq.endsWith(String.raw`0.99\cdot 0.1250 + 0.01000\cdot (3.000)^2`));
  assert.ok(tex.max_exp_avg_sq.endsWith(String.raw`\max(0.7500,\, 5.000)`));
  assert.ok(tex.bias_correction1.endsWith('1 - 0.9^{3}'));
  assert.ok(tex.bias_correction2.endsWith('1 - 0.99^{3}'));
  assert.ok(tex.step_size.endsWith(String.raw`\frac{0.01000}{7.000}`));
  assert.ok(tex.denominator.includes(String.raw`\frac{\sqrt{6.000}}{\sqrt{8.000}}`));
  assert.ok(tex.change.endsWith(String.raw`-9.000\cdot\frac{4.000}{10.00}`));
  assert.ok(tex.value.endsWith('0.2500 + 11.00'));
  const plain = texts(rowsOf(linesOf(NAMES), BEFORE, { ...ADAM, amsgrad: false }, 0.01));
  assert.ok(plain.denominator.includes(String.raw`\frac{\sqrt{5.000}}{\sqrt{8.000}}`));
});

test('those of SGD, with and without momentum', () => {
  const names = ['decayed_gradient', 'momentum_buffer', 'step_size', 'change'];
  const sgd = { ...ADAM, name: 'sgd', momentum: 0.9 };
  const tex = texts(rowsOf(linesOf(names), BEFORE, sgd, 0.01));
  assert.ok(tex.momentum_buffer.endsWith(String.raw`0.9\cdot 7.000 + 1.000`));
  assert.equal(tex.step_size, String.raw`\eta = 0.01000`);
  assert.ok(tex.change.endsWith(String.raw`-3.000\cdot 2.000`));
  const bare = texts(rowsOf(linesOf(names), BEFORE, { ...sgd, momentum: 0 }, 0.01));
  assert.ok(bare.change.endsWith(String.raw`-3.000\cdot 1.000`));
});

test('a gradient is a sum over images, and over positions where there are some', () => {
  assert.ok(gradientTex(64, false, -0.5).includes(String.raw`\sum_{n=0}^{63}\;\sum_{i,\,j}`));
  assert.ok(gradientTex(64, true, 0.5).endsWith(String.raw`x_n\,\delta_n = 0.500000`));
});

test('the gradient’s line names it', () => {
  const [row] = rowsOf(linesOf(['gradient']), BEFORE, ADAM, 0.01);
  assert.deepEqual([row.title, row.tex], ['Gradient', String.raw`g = \partial L / \partial w`]);
});
