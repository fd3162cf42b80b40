import assert from 'node:assert/strict';
import { test } from 'node:test';

import { curvesCsv } from '../../../../static/js/core/training/curves_csv.js';
import { curvesSvg } from '../../../../static/js/core/training/curves_svg.js';
import { tickText } from '../../../../static/js/core/training/tick.js';

const EPOCH = {
  ...{ epoch: 1, step: 2, train_loss: 1, val_loss: 0.5, val_accuracy: 0.75, gradient_norm: 1 },
  ...{ lr: 0.1, seconds: 1, samples_per_second: 1, best: true },
};

test('curves are a table with a row a step, an epoch beside its last', () => {
  const curves = {
    count: 2,
    step: Float64Array.of(1, 2),
    loss: Float64Array.of(2.5, NaN),
    gradient_norm: Float64Array.of(3, 4),
    lr: Float64Array.of(0.1, 0.1),
    layers: ['conv1'],
    layerNorms: [Float64Array.of(5, 6)],
    epochs: [EPOCH],
    isThinned: false,
  };
  assert.deepEqual(curvesCsv(curves).split('\n'), [
    'step,loss,gradient_norm,lr,gradient_norm_conv1,epoch,val_loss,val_accuracy',
    '1,2.5,3,0.1,5,,,',
    '2,NaN,4,0.1,6,1,0.5,0.75',
    '',
  ]);
});

const PAGE = {
  ...{ steps: 4, unit: /** @type {const} */ ('epoch'), stepsPerUnit: 2, title: 'A <run> & "more"' },
  ...{ paper: 'white', ink: 'black', faint: 'grey' },
};

/** @param {ArrayLike<number | null>} values @param {object} [more] */
const line = (values, more = {}) => ({
  ...{ name: 'training', x: Array.from(values, (_, i) => i + 1), values },
  .../** @type {const} */ ({ shape: 'line', role: 'train' }),
  ...more,
});

/** @param {readonly any[]} lines @param {object} [more] */
const chart = (lines, more = {}) => ({
  ...{ title: 'Loss', lines, colours: lines.map(() => 'blue'), range: null, tick: tickText },
  .../** @type {const} */ ({ scale: 'linear' }),
  ...more,
});

/** The points of each line. @param {string} svg */
const pointsOf = (svg) =>
  [...svg.matchAll(/points="([^"]*)"/g)].map(([, text]) =>
    text
      .split(' ')
      .filter(Boolean)
      .map((point) => point.split(',').map(Number)),
  );

test('a line lies where its values say', () => {
  const { svg, width, height } = curvesSvg([chart([line([0, 1, null, 2])])], PAGE);
  assert.deepEqual([width, height], [1120, 340]);
  const [points] = pointsOf(svg);
  // Of 480 px across four steps lie 120 px a step, behind the edge of 64 px.
  assert.deepEqual(
    points.map(([x]) => x),
    [184, 304, 544],
  );
  const [bottom, middle, top] = points.map(([, y]) => y);
  assert.equal(bottom, 308);
  assert.ok(Math.abs(bottom - 2 * middle + top) < 0.2);
  assert.match(svg, /A &lt;run> &amp; &quot;more&quot;/);
  assert.match(svg, />epoch</);
  const bySteps = curvesSvg([chart([line([0, 1])])], { ...PAGE, unit: 'step', stepsPerUnit: 1 });
  assert.match(bySteps.svg, />step<.*\n.*>1<.*\n.*>2<.*\n.*>3<.*\n.*>4</);
});

test('a logarithmic chart leaves out what has no logarithm', () => {
  const log = chart([line([0.01, 0, 1, NaN])], { scale: 'log' });
  const [points] = pointsOf(curvesSvg([log], PAGE).svg);
  assert.equal(points.length, 2);
  assert.match(curvesSvg([log], PAGE).svg, />0.1</);
});

test('what is compared is dashed, a shadow is not named, and a range holds', () => {
  const lines = [
    line([0.5], { shape: 'raw', isShadow: true }),
    line([0.5]),
    line([0.25], { isOther: true }),
    line([0.25], { isOther: true }),
  ];
  const { svg } = curvesSvg([chart(lines, { range: [0, 1] })], PAGE);
  assert.equal(svg.match(/>training</g)?.length, 1);
  assert.equal(svg.match(/>dashed: compared</g)?.length, 1);
  assert.equal(svg.match(/stroke-dasharray/g)?.length, 2);
  assert.equal(svg.match(/stroke-opacity/g)?.length, 1);
  assert.equal(pointsOf(svg)[0][0][1], 40 + 300 - 32 - 0.5 * 220);
});

test('nothing is drawn of nothing, and of many values the least and the largest of each group', () => {
  assert.equal(pointsOf(curvesSvg([chart([line([])])], PAGE).svg)[0].length, 0);
  assert.equal(pointsOf(curvesSvg([chart([line([])], { scale: 'log' })], PAGE).svg)[0].length, 0);
  assert.equal(pointsOf(curvesSvg([chart([line([0])])], PAGE).svg)[0].length, 1);
  const many = Array.from({ length: 10_000 }, (_, i) => (i === 5000 ? 9 : i % 2));
  const charts = [0, 1, 2].map(() => chart([line(many)]));
  const { svg, height } = curvesSvg(charts, { ...PAGE, steps: 10_000 });
  assert.equal(height, 640);
  const [points] = pointsOf(svg);
  assert.ok(points.length <= 1600);
  const top = Math.min(...points.map(([, y]) => y));
  assert.ok(Math.abs(top - (308 - 220 / 1.05)) < 0.1);
});
