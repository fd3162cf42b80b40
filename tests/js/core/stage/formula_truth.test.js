// What the formulas of a value say, worked out from their text alone, is what torch has.
import assert from 'node:assert/strict';
import test from 'node:test';
import { runInThisContext } from 'node:vm';

import {
  withControl,
  withGroups,
  withInChannels,
  withOperation,
  withOutChannels,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { partnersOf, weightAt } from '../../../../static/js/core/stage/channels.js';
import { lineOf, texOf } from '../../../../static/js/core/stage/digits.js';
import { equationOf } from '../../../../static/js/core/stage/equation.js';
import { axesOf } from '../../../../static/js/core/operations/registry.js';
import { valueFormula } from '../../../../static/js/core/stage/value_formula.js';
import { bare } from '../bare.js';
import {
  CONVOLUTIONS,
  EXAMPLE,
  GRADIENTS,
  POOLINGS,
  TRANSPOSED,
  modelOf,
  values,
} from './cases.js';
import { onInput } from '../made.js';

/**
 * @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../../../static/js/core/stage/place.js').Place} Place
 */

/** @param {Experiment} experiment @param {Place} place @param {string} [kind] */
function formula(experiment, place, kind = 'forward') {
  const model = modelOf(experiment, { see: { kind } });
  const { symbols, numbers } = valueFormula(experiment, equationOf(model, place));
  return { symbols: bare(symbols), numbers: bare(numbers) };
}

/** @typedef {Partial<Record<'m' | 'n' | 'i' | 'j', number>>} Letters */

/** Lines of LaTeX as functions of their letters. @type {Map<string, (letters: Letters) => number>} */
const known = new Map();

/** A line of LaTeX as a number, for letters that stand for numbers. @param {string} tex @param {Letters} [letters] */
function worked(tex, letters = {}) {
  const script = tex
    .replaceAll(/\\frac\{(.*?)\}\{(.*?)\}/g, '($1)/($2)')
    .replaceAll(/\^\{1\/(.*?)\}/g, '**(1/$1)')
    .replaceAll(/ \\cdot 10\^\{(-?\d+)\}/g, 'e$1')
    .replaceAll('\\cdot', '*')
    .replaceAll('\\max', 'Math.max')
    .replaceAll('\\,', '')
    .replaceAll('\\infty', 'Infinity')
    .replaceAll('\\text{NaN}', 'NaN')
    .replaceAll(/(\d)([mnij])/g, '$1*$2');
  let works = known.get(script);
  if (!works) {
    works = /** @type {(letters: Letters) => number} */ (
      runInThisContext(`(({ m, n, i, j }) => Number(${script}))`)
    );
    known.set(script, works);
  }
  return works(letters);
}

/** The parts of a sum's symbols: which channels, which inputs, which weights. @param {string} symbols */
function parts(symbols) {
  const found =
    /= (?:\\sum_\{c=(\d+)\}\^\{(\d+)\} )?\\sum_\{m,n\} I_\{(\w+)\}\((.*?),(?:\\,)? (.*?)\) \\cdot K_\{\d+,(\w+)\}\((.*?), (.*?)\)/.exec(
      symbols,
    );
  assert.ok(found, symbols);
  const [, from, to, channel, row, column, same, kernelRow, kernelColumn] = found;
  assert.equal(channel, same);
  const [first, last] = from === undefined ? [channel, channel] : [from, to];
  const channels = [];
  for (let c = Number(first); c <= Number(last); c += 1) channels.push(c);
  return { channels, row, column, kernelRow, kernelColumn };
}

/** The input at a line that may be padding. @param {Experiment} experiment @param {number} channel @param {number} row @param {number} column */
function inputAt(experiment, channel, row, column) {
  const { height: rows, width: columns } = axesOf(experiment);
  const [down, across] = [rows.sourceAt(row), columns.sourceAt(column)];
  if (down === null || across === null) return 0;
  const [, height, width] = experiment.input.shape;
  return experiment.input.data[(channel * height + down) * width + across];
}

/** Some cells of an output. @param {readonly number[]} shape @returns {Place[]} */
function some([channels, rows, columns]) {
  const places = [];
  for (let channel = 0; channel < channels; channel += 1) {
    for (const row of new Set([0, Math.floor(rows / 2), rows - 1]))
      for (const column of new Set([0, columns - 1]))
        places.push({ side: /** @type {const} */ ('output'), channel, row, column });
  }
  return places;
}

/** @param {number} found @param {number} wanted @param {string} text */
function near(found, wanted, text) {
  assert.ok(
    Object.is(found, wanted) || Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted)),
    `${text}: ${found}, torch has ${wanted}`,
  );
}

/** @param {any} output @param {Place} place */
function torchAt(output, { channel, row, column }) {
  const { shape, data } = values(output);
  return data[(channel * shape[1] + row) * shape[2] + column];
}

/**
 * A case, and the same as a true convolution of the kernel turned over: its output is the same.
 * @param {{experiment: Experiment, output: any}} one
 */
function bothWays({ experiment, output }) {
  const { shape, data } = experiment.weight;
  const size = shape[2] * shape[3];
  const turned = data.map((_, at) => data[at - (at % size) + size - 1 - (at % size)]);
  const settings = { ...experiment.settings, flip_kernel: !experiment.settings.flip_kernel };
  return [
    { experiment, output },
    { experiment: { ...experiment, weight: { shape, data: turned }, settings }, output },
  ];
}

test('the symbols of a convolution name the inputs and weights that torch multiplies', () => {
  let grouped = 0;
  for (const { experiment, output } of CONVOLUTIONS.flatMap(bothWays)) {
    const [height, width] = experiment.weight.shape.slice(2);
    grouped += Number((experiment.settings.groups ?? 1) > 1);
    for (const place of some(values(output).shape)) {
      const { symbols } = formula(experiment, place);
      const { channels, row, column, kernelRow, kernelColumn } = parts(symbols);
      let sum = experiment.bias?.[place.channel] ?? 0;
      for (const c of channels) {
        for (let m = 0; m < height; m += 1) {
          for (let n = 0; n < width; n += 1) {
            const [read, met] = [
              [row, column].map((text) => worked(text, { m, n })),
              [kernelRow, kernelColumn].map((text) => worked(text, { m, n })),
            ];
            sum +=
              inputAt(experiment, c, read[0], read[1]) *
              weightAt(experiment, place.channel, c, met[0], met[1]);
          }
        }
      }
      near(sum, torchAt(output, place), symbols);
    }
  }
  assert.ok(grouped > 0);
});

test('those of a transposed convolution, too', () => {
  for (const { experiment, output } of TRANSPOSED.flatMap(bothWays)) {
    const [height, width] = experiment.weight.shape.slice(2);
    const [, rows, columns] = experiment.input.shape;
    for (const place of some(values(output).shape)) {
      const { symbols } = formula(experiment, place);
      const { channels, kernelRow, kernelColumn } = parts(symbols);
      const where = /\\quad \((.*?),\\, (.*)\) = \((\d+), (\d+)\)$/.exec(symbols);
      assert.ok(where, symbols);
      let sum = experiment.bias?.[place.channel] ?? 0;
      for (const c of channels) {
        for (let cell = 0; cell < height * width * rows * columns; cell += 1) {
          const [m, n] = [Math.floor(cell / width) % height, cell % width];
          const position = Math.floor(cell / (width * height));
          const [i, j] = [Math.floor(position / columns), position % columns];
          const letters = { m, n, i, j };
          const isThere = [0, 1].every(
            (at) => worked(where[1 + at], letters) === Number(where[3 + at]),
          );
          if (!isThere) continue;
          const weight = weightAt(
            experiment,
            place.channel,
            c,
            worked(kernelRow, letters),
            worked(kernelColumn, letters),
          );
          sum += inputAt(experiment, c, i, j) * weight;
        }
      }
      near(sum, torchAt(output, place), symbols);
    }
  }
});

test('the symbols of a weight’s gradient name the inputs and gradients that torch multiplies', () => {
  for (const [cases, isSpread] of /** @type {const} */ ([
    [GRADIENTS, false],
    [TRANSPOSED, true],
  ])) {
    for (const { experiment, weight } of cases) {
      const [outer, inner, height, width] = experiment.weight.shape;
      const { shape, data } = modelOf(experiment).outcome.output;
      const [rows, columns] = isSpread ? experiment.input.shape.slice(1) : shape.slice(1);
      const torch = values(weight);
      const gradientAt = (
        /** @type {number} */ f,
        /** @type {number} */ r,
        /** @type {number} */ k,
      ) => {
        if (r < 0 || k < 0 || r >= shape[1] || k >= shape[2]) return 0;
        return (experiment.outputGradient?.data ?? data.map(() => 1))[
          (f * shape[1] + r) * shape[2] + k
        ];
      };
      const filter = isSpread ? 0 : outer - 1;
      const channel = partnersOf(experiment, 'output', filter)[0];
      const [row, column] = [height - 1, 0];
      const { symbols } = formula(
        experiment,
        { side: 'kernel', channel, filter, row, column },
        'backward',
      );
      const found =
        /= \\sum_\{i,j\} I_\{\d+\}\((.*?),(?:\\,)? (.*?)\) \\cdot G_\{\d+\}\((.*?),(?:\\,)? (.*)\)$/.exec(
          symbols,
        );
      assert.ok(found, symbols);
      let sum = 0;
      for (let i = 0; i < rows; i += 1) {
        for (let j = 0; j < columns; j += 1) {
          const [r, k, y, x] = found.slice(1).map((text) => worked(text, { i, j }));
          sum += inputAt(experiment, channel, r, k) * gradientAt(filter, y, x);
        }
      }
      const plane = isSpread ? channel * inner : filter * inner;
      near(sum, torch.data[(plane * height + row) * width + column], symbols);
    }
  }
});

test('a pixel’s gradient is gathered from where a transposed convolution stamped it', () => {
  for (const { experiment, input } of TRANSPOSED) {
    const [, , height, width] = experiment.weight.shape;
    const { shape, data } = modelOf(experiment).outcome.output;
    const given = experiment.outputGradient?.data ?? data.map(() => 1);
    const place = /** @type {const} */ ({ side: 'input', channel: 0, row: 1, column: 0 });
    const { symbols } = formula(experiment, place, 'backward');
    const found =
      /= (?:\\sum_\{f=(\d+)\}\^\{(\d+)\} )?\\sum_\{m,n\} G_\{(\w+)\}\((.*?),\\, (.*?)\) \\cdot K_\{\w+,0\}\((.*), (.*)\)$/.exec(
        symbols,
      );
    assert.ok(found, symbols);
    let sum = 0;
    for (let f = Number(found[1] ?? found[3]); f <= Number(found[2] ?? found[3]); f += 1) {
      for (let cell = 0; cell < height * width; cell += 1) {
        const letters = { m: Math.floor(cell / width), n: cell % width };
        const [row, column, down, across] = found.slice(4).map((text) => worked(text, letters));
        if (row < 0 || column < 0 || row >= shape[1] || column >= shape[2]) continue;
        sum +=
          given[(f * shape[1] + row) * shape[2] + column] *
          weightAt(experiment, f, 0, down, across);
      }
    }
    near(sum, torchAt(input, place), symbols);
  }
});

test('a true convolution turns its kernel over, and says so', () => {
  const flipped = withSettings(EXAMPLE, {
    ...EXAMPLE.settings,
    stride: 1,
    padding: 1,
    flip_kernel: true,
  });
  const place = /** @type {const} */ ({ side: 'output', channel: 0, row: 2, column: 3 });
  assert.equal(
    formula(flipped, place).symbols,
    'S_{0}(2, 3) = \\sum_{m,n} I_{0}(2 + m - 1,\\, 3 + n - 1) \\cdot K_{0,0}(2 - m, 2 - n)',
  );
  const weight = /** @type {const} */ ({
    side: 'kernel',
    channel: 0,
    filter: 0,
    row: 0,
    column: 1,
  });
  assert.equal(
    formula(flipped, weight).symbols,
    'K_{0,0}(0, 1) \\text{ meets } I_{0}(i + 2 - 1,\\, j + 1 - 1)',
  );
});

test('a weight of a transposed convolution says where it stamps', () => {
  const spread = withOperation(onInput(1, 2, 2), 'conv_transpose2d');
  const place = /** @type {const} */ ({ side: 'kernel', channel: 0, row: 0, column: 1 });
  assert.equal(
    formula(withControl(spread, 'stride', 'both', 2), place).symbols,
    'K_{0,0}(0, 1) \\cdot I_{0}(i, j) \\to S_{0}(2i + 0,\\, 2j + 1)',
  );
});

test('the sum goes over the channels of the output’s own group', () => {
  const depthwise = withGroups(withOutChannels(withInChannels(EXAMPLE, 3), 3), 3);
  const place = /** @type {Place} */ ({ side: 'output', channel: 1, row: 0, column: 0 });
  assert.match(formula(depthwise, place).symbols, /= \\sum_\{m,n\} I_\{1\}\(.*K_\{1,1\}\(m, n\)$/);
  const input = /** @type {Place} */ ({ side: 'input', channel: 1, row: 0, column: 0 });
  assert.match(
    formula(depthwise, input, 'backward').symbols,
    /\(m,n\)\} G_\{1\}\(i, j\) \\cdot K_\{1,1\}/,
  );
});

test('a line of numbers is true as it is printed', () => {
  let lines = 0;
  for (const { experiment, output } of [...CONVOLUTIONS, ...TRANSPOSED, ...POOLINGS]) {
    for (const place of some(values(output).shape)) {
      const { numbers } = formula(experiment, place);
      if (/cdots|ldots/.test(numbers)) continue;
      const found = /^(?:(?:=|\\approx) (.*) )?(=|\\approx) \\mathbf\{(.*)\}$/.exec(numbers);
      assert.ok(found, numbers);
      const [left, right] = [found[1] ?? found[3], found[3]].map((text) => worked(text));
      const digits = 0.5000001 * 10 ** (Math.floor(Math.log10(Math.abs(right))) - 3);
      const room = found[2] === '=' || right === 0 ? 1e-11 : digits;
      assert.ok(Object.is(left, right) || Math.abs(left - right) <= room, numbers);
      near(right, Number(torchAt(output, place).toPrecision(4)), numbers);
      lines += 1;
    }
  }
  assert.ok(lines > 50);
});

/** @param {readonly number[]} data @param {object} settings @param {import('../../../../static/js/core/experiment/experiment.js').Operation} operation */
const row = (data, settings, operation) => {
  const first = withSettings(withOperation(onInput(1, 1, data.length), operation), settings);
  return { ...first, input: { shape: [1, 1, data.length], data: Float64Array.from(data) } };
};
const FIRST = /** @type {Place} */ ({ side: 'output', channel: 0, row: 0, column: 0 });

test('small, large and missing numbers stay what they are', () => {
  const pair = { kernel_size: [1, 2], stride: 1 };
  const cube = row([0.2, 0], { ...pair, norm_type: 3 }, 'lp');
  assert.equal(formula(cube, FIRST).numbers, '= 0.008^{1/3} = \\mathbf{0.2}');
  const tiny = row([0.001, 0], { ...pair, norm_type: 3 }, 'lp');
  assert.equal(formula(tiny, FIRST).numbers, '= (1 \\cdot 10^{-9})^{1/3} = \\mathbf{0.001}');
  const high = row([0.01, 0.01], { ...pair, norm_type: 200 }, 'lp');
  assert.equal(formula(high, FIRST).numbers, '= 0.01 \\cdot 2^{1/200} \\approx \\mathbf{0.01003}');
  const third = row([1, 0, 0], { kernel_size: [1, 3], stride: 1 }, 'average');
  assert.equal(formula(third, FIRST).numbers, '= \\frac{1}{3} \\approx \\mathbf{0.3333}');
  const negative = row([-0.5, -0.25], { kernel_size: [1, 2], stride: 1, padding: [0, 1] }, 'max');
  assert.equal(formula(negative, FIRST).numbers, '= \\max(-\\infty,\\, -0.5) = \\mathbf{-0.5}');
  const kernel = { ...EXAMPLE.weight, shape: [1, 1, 1, 3], data: Float64Array.of(1, 1, -1) };
  const noise = {
    ...withControl(EXAMPLE, 'stride', 'both', 1),
    input: { shape: [1, 1, 3], data: Float64Array.of(0.1, 0.2, 0.3) },
    weight: kernel,
    settings: { ...EXAMPLE.settings, kernel_size: [1, 3] },
  };
  assert.match(formula(noise, FIRST).numbers, /= \\mathbf\{0\}$/);
});

test('nothing over nothing is not a number', () => {
  const found = equationOf(modelOf(row([1], { kernel_size: [1, 1] }, 'average')), FIRST);
  const way = /** @type {const} */ ({ kind: 'mean', sum: 0, divisor: 0, before: '', behind: '' });
  const { numbers } = valueFormula(EXAMPLE, { ...found, way, result: NaN });
  assert.equal(bare(numbers), '= \\frac{0}{0} = \\mathbf{\\text{NaN}}');
});

test('numbers are written with the digits that are asked for, whole ones in full', () => {
  assert.deepEqual(
    [1 / 3, 123456.7, 0, 1e-9, 2e21, -Infinity, NaN].map((value) => texOf(value, 3)),
    ['0.333', '123457', '0', '1 \\cdot 10^{-9}', '2 \\cdot 10^{21}', '-\\infty', '\\text{NaN}'],
  );
  const line = lineOf([1 / 3, 3], ([a, b]) => a * b * 1000, 1000);
  assert.deepEqual(line, { digits: 4, result: '1000', first: '\\approx', last: '\\approx' });
  assert.equal(lineOf([1], () => 5, 7).digits, 12);
});

test('where symbols say where a value goes, its number stands at its own symbol', () => {
  /** @type {Place} */
  const place = { side: 'input', channel: 0, row: 1, column: 2 };
  const [data] = [EXAMPLE.input.data];
  const value = data[EXAMPLE.input.shape[2] + 2];
  const spread = withOperation(EXAMPLE, 'conv_transpose2d');
  const stamped = formula(spread, place, 'stamp');
  assert.match(stamped.symbols, /\\to/);
  assert.equal(stamped.numbers, `I_{0}(1, 2) = ${value}`);
  assert.equal(formula(EXAMPLE, place).numbers, `= ${value}`);
  const weight = formula(EXAMPLE, { side: 'kernel', channel: 0, row: 1, column: 2 });
  assert.equal(weight.numbers, 'K_{0,0}(1, 2) = 2');
});
