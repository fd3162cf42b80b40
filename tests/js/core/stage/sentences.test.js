import assert from 'node:assert/strict';
import test from 'node:test';

import {
  questionOf,
  withControl,
  withGroups,
  withInChannels,
  withInputSize,
  withOperation,
  withOutChannels,
  withSettings,
} from '../../../../static/js/core/experiment/experiment.js';
import { boxOf, boardOf, centred } from '../../../../static/js/core/stage/board.js';
import { captionPlaces, captionWidth } from '../../../../static/js/core/stage/caption_place.js';
import { captionOf, unreadNote } from '../../../../static/js/core/stage/captions.js';
import { equationOf } from '../../../../static/js/core/stage/equation.js';
import { sizeFormula, spokenSize } from '../../../../static/js/core/stage/formulas.js';
import { linked } from '../../../../static/js/core/stage/highlight.js';
import { stationsOf } from '../../../../static/js/core/stage/stations.js';
import { lineOfCells } from '../../../../static/js/core/stage/stroke.js';
import { unreadSentence, waysOutOfBoth } from '../../../../static/js/core/stage/unread.js';
import { causesOf } from '../../../../static/js/core/stage/unread_reasons.js';
import { valueFormula } from '../../../../static/js/core/stage/value_formula.js';
import {
  firstPlace,
  ofNextChannel,
  placeOfCell,
  walked,
} from '../../../../static/js/core/stage/walk.js';
import { nameOf, spokenPlace, valueAt } from '../../../../static/js/core/stage/sentences.js';
import { bare } from '../bare.js';
import { EXAMPLE, modelOf } from './cases.js';
import { onInput } from '../made.js';

/**
 * @typedef {import('../../../../static/js/core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../../../static/js/core/stage/place.js').Place} Place
 */

const FORWARD = { kind: 'forward' };
const BACKWARD = { kind: 'backward' };

/** @param {Experiment} experiment @param {Place} place @param {{kind: string}} [see] */
function spoken(experiment, place, see = FORWARD) {
  const model = modelOf(experiment, { see });
  return spokenPlace(model, place, linked(experiment, see, place));
}

/** @param {Experiment} experiment @param {Place} place @param {{kind: string}} [see] */
function formula(experiment, place, see = FORWARD) {
  const model = modelOf(experiment, { see });
  const { symbols, numbers, spoken: said } = valueFormula(experiment, equationOf(model, place));
  return { symbols: bare(symbols), numbers: bare(numbers), said };
}

/** @param {number} row @param {number} column @param {number} [channel] @returns {Place} */
const output = (row, column, channel = 0) => ({ side: 'output', channel, row, column });
/** @param {number} row @param {number} column @param {number} [channel] @returns {Place} */
const input = (row, column, channel = 0) => ({ side: 'input', channel, row, column });
/** @param {number} row @param {number} column @returns {Place} */
const kernel = (row, column) => ({ side: 'kernel', channel: 0, filter: 0, row, column });

/** @param {number} size @param {object} settings @param {import('../../../../static/js/core/experiment/experiment.js').Operation} operation */
const pool = (size, settings, operation = 'max') =>
  withSettings(withOperation(onInput(1, size, size), operation), settings);

test('cells are named, with their channel where there are several', () => {
  assert.equal(nameOf(EXAMPLE, output(1, 2)), 'output · row 1, column 2');
  assert.equal(nameOf(EXAMPLE, kernel(0, 1)), 'kernel · row 0, column 1');
  assert.equal(nameOf(EXAMPLE, input(-1, 2)), 'padding · row -1, column 2');
  const many = withOutChannels(withInChannels(EXAMPLE, 2), 2);
  assert.equal(nameOf(many, output(0, 0, 1)), 'output 1 · row 0, column 0');
  assert.equal(nameOf(many, input(0, 0, 1)), 'input 1 · row 0, column 0');
  assert.equal(nameOf(many, input(-1, 0, 1)), 'padding of input 1 · row -1, column 0');
  assert.equal(nameOf(many, kernel(0, 0)), 'kernel 0 · channel 0 · row 0, column 0');
});

test('a cell is said as a sentence: what it holds and what answers it', () => {
  assert.equal(
    spoken(EXAMPLE, output(1, 2)),
    'Output, row 1, column 2: 0.300. It is made of rows 2 to 4 and columns 4 to 6 of the input.',
  );
  assert.equal(
    spoken(EXAMPLE, input(0, 0)),
    'Input, row 0, column 0: 0.000. It is read by 1 output cell.',
  );
  assert.equal(
    spoken(EXAMPLE, input(7, 0)),
    'Input, row 7, column 0: 0.200. No window reads it.'.replace(
      '0.200',
      EXAMPLE.input.data[56].toFixed(3),
    ),
  );
  assert.equal(
    spoken(EXAMPLE, kernel(1, 2)),
    'Kernel, row 1, column 2: 2.000. It meets the input at 9 places, and makes 9 output cells.',
  );
  assert.equal(
    spoken(EXAMPLE, output(0, 0), BACKWARD),
    'Output, row 0, column 0: 1.000. It goes back to rows 0 to 2 and columns 0 to 2 of the input.',
  );
  const reflected = withSettings(EXAMPLE, {
    ...EXAMPLE.settings,
    padding: 1,
    padding_mode: 'reflect',
  });
  assert.match(
    spoken(reflected, input(-1, 2)),
    /^Padding, row -1, column 2: .* It borrows row 1, column 2\. It is read by 1 output cell/,
  );
  const zeros = withControl(EXAMPLE, 'padding', 'both', 1);
  assert.match(spoken(zeros, input(-1, -1)), /: 0\.000\. It is read by 1 output cell\.$/);
  const spread = withOperation(onInput(1, 2, 2), 'conv_transpose2d');
  assert.match(spoken(spread, input(0, 0)), /It adds to 9 output cells\.$/);
  const one = withControl(withControl(spread, 'kernel_size', 'both', 1), 'stride', 'both', 2);
  assert.match(spoken(one, output(1, 1)), /It is made of nothing but the bias\.$/);
  assert.match(spoken(one, output(0, 0)), /rows 0 and columns 0 of the input\.$/);
});

test('a place that holds nothing is said to be empty', () => {
  const model = modelOf(withOperation(EXAMPLE, 'max'));
  assert.equal(valueAt(model, kernel(0, 0)), null);
  const links = linked(model.experiment, FORWARD, kernel(0, 0));
  assert.match(spokenPlace(model, kernel(0, 0), links), /: empty\./);
});

test('below a plane stands what it is and how large', () => {
  const caption = (
    /** @type {Experiment} */ experiment,
    /** @type {any} */ role,
    channel = 0,
    see = FORWARD,
  ) => {
    const model = modelOf(experiment, { see });
    const box = boxOf(boardOf(stationsOf(experiment, see), 840, 420), role, channel);
    assert.ok(box);
    const { title, note } = captionOf(model, box);
    return `${title} ${note}`;
  };
  assert.equal(caption(EXAMPLE, 'input'), 'input 8 × 8 · row 7 and column 7 are never read');
  assert.equal(caption(EXAMPLE, 'kernel'), 'kernel 3 × 3');
  assert.equal(caption(EXAMPLE, 'output'), 'output 3 × 3');
  const biased = { ...EXAMPLE, bias: Float64Array.of(-0.5) };
  assert.equal(caption(biased, 'kernel'), 'kernel 3 × 3, bias −0.500');
  const gradient = caption(biased, 'kernel_gradient', 0, BACKWARD);
  assert.equal(gradient, 'gradient of the kernel 3 × 3, bias 9.00');
  const padded = withSettings(EXAMPLE, { ...EXAMPLE.settings, padding: 1, stride: 1 });
  assert.equal(caption(padded, 'input'), 'input 8 × 8, padded 10 × 10');
  const many = withGroups(withOutChannels(withInChannels(EXAMPLE, 4), 4), 2);
  assert.equal(caption(many, 'input', 2), 'input 2 group 1');
  assert.equal(caption(many, 'kernel', 2), 'kernel 2, 2 3 × 3');
  assert.equal(caption(withOutChannels(EXAMPLE, 3), 'kernel'), 'kernel 0 3 × 3');
  assert.equal(caption(withInChannels(EXAMPLE, 2), 'kernel', 1), 'kernel 1 3 × 3');
  assert.equal(caption(withInChannels(EXAMPLE, 2), 'input', 1), 'input 1 8 × 8');
  const spread = withOperation(onInput(1, 2, 2), 'conv_transpose2d');
  const cut = withControl(spread, 'padding', 'both', 1);
  assert.equal(caption(cut, 'output'), 'output 3 × 3, cut from 5 × 5');
  assert.equal(caption(withOperation(EXAMPLE, 'max'), 'window'), 'window 3 × 3');
});

test('an adaptive window is as large as it is at the place that is explained', () => {
  const pooled = withOperation(onInput(1, 8, 8), 'adaptive_max');
  const noteAt = (/** @type {any} */ spot) => {
    const model = modelOf(pooled, { spot });
    const box = boxOf(boardOf(stationsOf(pooled, FORWARD), 840, 420), 'window', 0);
    assert.ok(box);
    return captionOf(model, box).note;
  };
  const at = (/** @type {number} */ row) => ({ side: 'output', channel: 0, row, column: 1 });
  assert.equal(noteAt(null), '4 × 4');
  assert.deepEqual(
    [0, 1, 2].map((row) => noteAt(at(row))),
    ['3 × 4', '4 × 4', '3 × 4'],
  );
});

test('a line below a plane is not cut while there is room beside it', () => {
  const one = withOperation(onInput(3, 8, 8), 'global_max');
  const many = withGroups(withOutChannels(withInChannels(EXAMPLE, 4), 4), 2);
  for (const [experiment, see] of /** @type {const} */ ([
    [EXAMPLE, FORWARD],
    [EXAMPLE, BACKWARD],
    [one, FORWARD],
    [many, FORWARD],
    [many, BACKWARD],
  ])) {
    const model = modelOf(experiment, { see });
    for (const [width, height] of [
      [840, 420],
      [358, 480],
    ]) {
      const board = centred(boardOf(stationsOf(experiment, see), width, height), width, height, 0);
      const captions = board.boxes.map((box) => captionOf(model, box));
      const widths = captions.map(captionWidth);
      captionPlaces(board.boxes, board.width, widths).forEach(({ x, room }, index) => {
        const { title, note } = captions[index];
        assert.ok(x >= 0 && x <= board.boxes[index].x);
        assert.ok(x + Math.min(room, widths[index]) <= width + 1, `${title} ends beyond the board`);
        const isLong = note.includes('never read');
        assert.ok(isLong || 2 * room >= widths[index], `${title} ${note} is cut in two lines`);
      });
    }
  }
});

test('on a phone no line below a plane, nor its second, reaches the next plane', () => {
  const padded = withControl(EXAMPLE, 'padding', 'both', 1);
  const transposed = withOperation(onInput(3, 4, 4), 'conv_transpose2d');
  for (const experiment of [EXAMPLE, padded, transposed, onInput(3, 8, 8)]) {
    const model = modelOf(experiment, { see: BACKWARD });
    const board = boardOf(stationsOf(experiment, BACKWARD), 358, 600);
    const widths = board.boxes.map((box) => captionWidth(captionOf(model, box)));
    captionPlaces(board.boxes, board.width, widths).forEach(({ x, room }, at) => {
      const low = board.boxes[at].y + board.boxes[at].height;
      const lines = widths[at] > room ? 2 : 1;
      const bottom = low + 4 + 14 * lines;
      const below = board.boxes.filter(
        (box) => box.y >= low && box.x < x + Math.min(room, widths[at]) && box.x + box.width > x,
      );
      for (const box of below) assert.ok(box.y - bottom >= 8, `${box.role} at ${box.y - bottom}`);
    });
  }
});

test('unread lines are listed as briefly as they can be', () => {
  assert.equal(unreadNote([], []), '');
  assert.equal(unreadNote([7], []), 'row 7 is never read');
  assert.equal(unreadNote([6, 7], [7]), 'rows 6 to 7 and column 7 are never read');
  assert.equal(unreadNote([], [2, 5]), 'columns 2, 5 are never read');
  assert.equal(unreadNote([1, 3, 5, 7, 9], []), '5 rows are never read');
});

test('why lines are not read is said with the numbers of the division', () => {
  const said = (/** @type {Experiment} */ experiment) => {
    const { height, width } = modelOf(experiment).outcome;
    return unreadSentence(height, width);
  };
  assert.equal(
    said(EXAMPLE),
    'row 7 and column 7 are never read. (8 − 3) / 2 = 2.5, and the floor drops what is behind the ' +
      'point: the last line is too few for one more window.',
  );
  assert.match(said(withControl(EXAMPLE, 'stride', 'both', 3)), /the last 2 lines are too few/);
  assert.equal(said(withControl(EXAMPLE, 'stride', 'both', 1)), '');
  assert.match(
    said(pool(6, { kernel_size: [2, 2], stride: 4 })),
    /A stride of 4 jumps over them, for the kernel spans only 2\.$/,
  );
  const gaps = withSettings(onInput(1, 7, 7), { ...EXAMPLE.settings, stride: 2, dilation: 2 });
  assert.match(
    said(gaps),
    /With a dilation of 2 and a stride of 2 every window steps over them\.$/,
  );
  const spread = withOperation(onInput(1, 3, 3), 'conv_transpose2d');
  const cut = withSettings(spread, { ...spread.settings, kernel_size: [1, 1], padding: 1 });
  assert.match(said(cut), /padding takes away all that they add to the output\.$/);
});

test('rows and columns each have their own reason, and each line the one that is true of it', () => {
  const said = (/** @type {Experiment} */ experiment) => {
    const { height, width } = modelOf(experiment).outcome;
    return unreadSentence(height, width);
  };
  const set = (/** @type {object} */ settings) =>
    withSettings(EXAMPLE, { ...EXAMPLE.settings, ...settings });
  const FLOOR = 'and the floor drops what is behind the point: the last';
  assert.equal(
    said(set({ stride: [3, 2] })),
    'rows 6 to 7 and column 7 are never read. ' +
      `Rows: (8 − 3) / 3 = 1.67, ${FLOOR} 2 rows are too few for one more window. ` +
      `Columns: (8 − 3) / 2 = 2.5, ${FLOOR} column is too few for one more window.`,
  );
  // Rows 1, 3 and 5 lie within windows; row 7 behind the last, where the next would read 6 and 8.
  assert.equal(
    said(set({ stride: [2, 1], dilation: [2, 1] })),
    'rows 1, 3, 5, 7 are never read. With a dilation of 2 and a stride of 2 every window steps ' +
      `over rows 1, 3, 5. (8 − 5) / 2 = 1.5, ${FLOOR} row is too few for one more window. ` +
      'The next window would step over that row anyway.',
  );
  const points = withControl(set({ stride: 4 }), 'kernel_size', 'both', 1);
  assert.equal(
    said(points),
    '6 rows and 6 columns are never read. A stride of 4 jumps over lines 1 to 3, for the kernel ' +
      `spans only 1. (8 − 1) / 4 = 1.75, ${FLOOR} 3 lines are too few for one more window. ` +
      'The next window would begin behind those lines anyway.',
  );
  const leap = withControl(set({ stride: 7 }), 'kernel_size', 'both', 1);
  assert.match(said(withInputSize(leap, 9, 8)), /begin behind that row anyway\./);
  assert.match(
    said(set({ stride: [4, 1], padding: { bottom: 1 } })),
    /2 rows \(1 of padding\) are too few/,
  );
  const up = { kernel_size: [2, 2], stride: [5, 1], ceil_mode: true };
  assert.match(
    said(pool(8, up)),
    /rows 2 to 4.*rounded up, but one more window would begin behind the input/,
  );
});

test('every line that is not read has one cause, and the windows agree', () => {
  for (let code = 0; code < 4 * 3 * 4 * 3 * 2; code += 1) {
    const [stride, dilation, kernel, padding] = [
      1 + (code % 4),
      1 + (Math.floor(code / 4) % 3),
      1 + (Math.floor(code / 12) % 4),
      Math.floor(code / 48) % 3,
    ];
    const input = 9 + Math.floor(code / 144);
    const span = dilation * (kernel - 1) + 1;
    if (padding >= span || span > input) continue;
    const settings = { stride, dilation, padding: { top: padding } };
    const experiment = withControl(onInput(1, input, 12), 'kernel_size', 'both', kernel);
    const made = withSettings(experiment, { ...experiment.settings, ...settings });
    const step = /** @type {import('../../../../static/js/core/operations/size.js').SizeStep} */ (
      modelOf(made).outcome.height
    );
    const { gaps, jumps, behind } = causesOf(step);
    assert.deepEqual(
      [...gaps, ...jumps, ...behind].sort((a, b) => a - b),
      step.unread,
    );
    const starts = Array.from({ length: step.output }, (_, at) => at * stride - padding);
    const isIn = (/** @type {number} */ line) =>
      starts.some((start) => line >= start && line < start + span);
    assert.ok(
      gaps.every(isIn) && !jumps.some(isIn) && !behind.some(isIn),
      JSON.stringify(settings),
    );
    const last = starts[starts.length - 1] + span;
    assert.ok(jumps.every((line) => line < last) && behind.every((line) => line >= last));
  }
});

test('the ways out change rows and columns together', () => {
  const titles = (/** @type {Experiment} */ experiment) =>
    waysOutOfBoth(questionOf(experiment)).map(({ title }) => title);
  assert.deepEqual(titles(EXAMPLE), ['One more row and column of padding', 'Stride 1']);
  for (const { settings } of waysOutOfBoth(questionOf(EXAMPLE))) {
    const { height, width } = modelOf(withSettings(EXAMPLE, settings)).outcome;
    assert.deepEqual([height.unread, width.unread], [[], []]);
  }
  assert.deepEqual(titles(withControl(EXAMPLE, 'stride', 'both', 1)), []);
  assert.deepEqual(titles(withControl(EXAMPLE, 'stride', 'height', 1)), [
    'One more column of padding at the right',
    'Stride 1',
  ]);
  assert.deepEqual(titles(withControl(EXAMPLE, 'stride', 'width', 1)), [
    'One more row of padding at the bottom',
    'Stride 1',
  ]);
  assert.ok(titles(pool(8, { kernel_size: [3, 3], stride: 2 })).includes('Round up: ceil_mode'));
  const uneven = withSettings(onInput(1, 10, 11), { ...EXAMPLE.settings, stride: 3 });
  assert.deepEqual(titles(uneven), [
    '2 more rows at the bottom, one more column at the right',
    'Stride 1 down, stride 2 across',
  ]);
  // More padding helps the rows, but not the columns, over which the stride jumps.
  const apart = withSettings(onInput(1, 8, 9), { ...EXAMPLE.settings, stride: [2, 4] });
  assert.deepEqual(titles(apart), ['Stride 1 down, stride 3 across']);
});

test('the size is written in symbols and with its live numbers', () => {
  const of = (/** @type {Experiment} */ experiment) => {
    const { width } = modelOf(experiment).outcome;
    const found = sizeFormula(width, 'W', experiment.operation);
    return [found.symbols, found.numbers, found.remainder].map(bare);
  };
  assert.deepEqual(of(EXAMPLE), [
    'W_{\\text{out}} = \\left\\lfloor \\frac{W_{\\text{in}} + 2P - D(F - 1) - 1}{S} \\right\\rfloor + 1',
    '= \\left\\lfloor \\frac{8 + 2 \\cdot 0 - 1 \\cdot (3 - 1) - 1}{2} \\right\\rfloor + 1 = ' +
      '\\lfloor 2.5 \\rfloor + 1 = \\mathbf{3}',
    '5 = 2 \\cdot 2 + \\mathbf{1}',
  ]);
  assert.match(
    sizeFormula(modelOf(EXAMPLE).outcome.width, 'W', 'conv2d').numbers,
    /\\htmlData\{setting=stride\}\{2\}/,
  );
  const sides = withSettings(EXAMPLE, { ...EXAMPLE.settings, padding: { left: 1, right: 2 } });
  assert.match(of(sides)[1], /8 \+ 1 \+ 2 - /);
  const [, up, rest] = of(pool(8, { kernel_size: [3, 3], stride: 2, ceil_mode: true }));
  assert.match(up, /\\lceil 2\.5 \\rceil \+ 1 = \\mathbf\{4\}/);
  assert.equal(rest, '5 + 1 = 3 \\cdot 2');
  const dropped = of(pool(8, { kernel_size: [3, 3], stride: 3, padding: 1, ceil_mode: true }));
  assert.match(dropped[1], /\\rceil \+ 1 - 1 = \\mathbf\{3\}/);
  const spread = withOperation(onInput(1, 4, 4), 'conv_transpose2d');
  assert.equal(
    of(withSettings(spread, { ...spread.settings, stride: 2, padding: 1, output_padding: 1 }))[1],
    '= (4 - 1) \\cdot 2 + 1 \\cdot (3 - 1) + 1 - 2 \\cdot 1 + 1 = \\mathbf{8}',
  );
  assert.match(
    of(pool(8, { output_size: 5 }, 'adaptive_max'))[1],
    /8 \\to \\mathbf\{5\}:.*\\ldots .*2 \\ldots 3/,
  );
  assert.match(
    of(pool(8, { output_size: 4 }, 'adaptive_max'))[1],
    /\[6, 8\) \\quad \\text\{of \} 2$/,
  );
});

test('a size is said in words', () => {
  const { width, height } = modelOf(EXAMPLE).outcome;
  assert.equal(spokenSize(width, 'W'), 'The output width is 3, from an input width of 8.');
  assert.match(spokenSize(height, 'H'), /height/);
  const shared = modelOf(pool(8, { output_size: 5 }, 'adaptive_max')).outcome;
  assert.equal(spokenSize(shared.height, 'H'), 'The height 8 is shared out among 5 windows.');
});

test('a value is written as its sum of products', () => {
  const { symbols, numbers, said } = formula(EXAMPLE, output(1, 2));
  assert.equal(
    symbols,
    'S_{0}(1, 2) = \\sum_{m,n} I_{0}(2 \\cdot 1 + m,\\, 2 \\cdot 2 + n) \\cdot K_{0,0}(m, n)',
  );
  assert.equal(
    numbers,
    '= 0.2 \\cdot (-1) + 0.5 \\cdot 1 + 0.2 \\cdot (-2) + 0.5 \\cdot 2 + 0.8 \\cdot (-1) + 0.2 \\cdot 1 = \\mathbf{0.3}',
  );
  assert.equal(said, 'output · row 1, column 2 is 0.300.');
  const biased = { ...withInChannels(onInput(1, 8, 8), 3), bias: Float64Array.of(-2) };
  const padded = withSettings(biased, { ...biased.settings, padding: 1, dilation: 2 });
  const long = formula(padded, output(1, 1));
  assert.match(
    long.symbols,
    /\\sum_\{c=0\}\^\{2\} \\sum_\{m,n\} I_\{c\}\(2 \\cdot 1 \+ 2m - 1,.* \+ b_\{0\}$/,
  );
  assert.match(long.numbers, /\\cdots \+ \(-2\) \\approx /);
  const nothing = { ...EXAMPLE, input: { shape: [1, 8, 8], data: new Float64Array(64) } };
  assert.equal(formula(nothing, output(0, 0)).numbers, '= \\mathbf{0}');
  const still = { ...nothing, bias: Float64Array.of(-2) };
  assert.equal(formula(still, output(0, 0)).numbers, '= 0 + (-2) = \\mathbf{-2}');
});

test('the values of poolings and transposed convolutions have formulas of their own', () => {
  const max = pool(4, { kernel_size: [2, 2], stride: 2 });
  assert.match(formula(max, output(0, 0)).symbols, /\\max_\{m,n\}/);
  assert.match(formula(max, output(0, 0)).numbers, /^= \\max\(.*\) = \\mathbf/);
  const large = pool(4, { kernel_size: [4, 4], stride: 2 });
  assert.match(formula(large, output(0, 0)).numbers, /\\ldots\)/);
  const mean = pool(4, { kernel_size: [2, 2], stride: 2 }, 'average');
  assert.match(formula(mean, output(0, 0)).numbers, /^\\approx \\frac\{.*\}\{4\}/);
  const norm = pool(4, { kernel_size: [2, 2], stride: 2, norm_type: 3 }, 'lp');
  assert.match(formula(norm, output(0, 0)).numbers, /\^\{1\/3\}/);
  const shared = pool(8, { output_size: 3 }, 'adaptive_average');
  assert.match(formula(shared, output(0, 0)).symbols, /I_\{0\}\(x, y\)/);
  const spread = withOperation(onInput(1, 2, 2), 'conv_transpose2d');
  const apart = withControl(spread, 'stride', 'both', 4);
  assert.match(formula(apart, output(0, 0)).symbols, /\(4i \+ m,\\, 4j \+ n\) = \(0, 0\)$/);
  assert.equal(formula(apart, output(3, 3)).numbers, '= \\mathbf{0}');
  assert.match(
    formula(apart, input(1, 0)).symbols,
    /\\to S_f\(4 \\cdot 1 \+ m,\\, 4 \\cdot 0 \+ n\)/,
  );
  const infinite = {
    ...max,
    settings: { kernel_size: [1, 1], stride: 1 },
    input: { shape: [1, 1, 2], data: Float64Array.of(Infinity, -Infinity) },
  };
  assert.match(formula(infinite, output(0, 0)).numbers, /\\infty/);
  assert.match(formula(infinite, output(0, 1)).numbers, /-\\infty/);
});

test('gradients have formulas too', () => {
  assert.match(
    formula(EXAMPLE, kernel(0, 1), BACKWARD).symbols,
    /^\\frac\{\\partial L\}\{\\partial K_\{0,0\}\(0, 1\)\} = \\sum_\{i,j\} I_\{0\}/,
  );
  assert.match(formula(EXAMPLE, input(2, 2), BACKWARD).symbols, /\\cdot K_\{0,0\}\(m, n\)$/);
  assert.match(formula(withOperation(EXAMPLE, 'max'), input(2, 2), BACKWARD).symbols, /\\cdot w$/);
  assert.match(formula(EXAMPLE, output(0, 0), BACKWARD).symbols, /^G_\{0\}\(0, 0\)/);
  assert.equal(formula(EXAMPLE, output(0, 0), BACKWARD).numbers, '= 1');
  assert.match(formula(EXAMPLE, kernel(0, 1)).symbols, /meets/);
  assert.equal(formula(EXAMPLE, input(0, 2)).symbols, 'I_{0}(0, 2)');
  assert.match(formula(EXAMPLE, input(-1, 0), BACKWARD).numbers, /\{0\}$/);
  const none = formula(withOperation(EXAMPLE, 'max'), kernel(0, 0));
  assert.deepEqual([none.numbers, none.said], ['', 'kernel · row 0, column 0.']);
});

test('arrow keys walk within a plane, the input’s padding included', () => {
  const padded = withControl(EXAMPLE, 'padding', 'both', 1);
  const at = input(0, 0);
  assert.deepEqual(walked(padded, at, 'ArrowUp', false), input(-1, 0));
  assert.deepEqual(walked(padded, at, 'ArrowRight', true), input(0, 5));
  assert.deepEqual(walked(padded, input(8, 8), 'ArrowDown', true), input(8, 8));
  assert.deepEqual(walked(EXAMPLE, kernel(0, 1), 'End', false), kernel(0, 2));
  assert.deepEqual(walked(EXAMPLE, output(2, 2), 'Home', false), output(2, 0));
  assert.equal(walked(EXAMPLE, at, 'a', false), null);
});

test('another channel is a key away; a kernel keeps to its group', () => {
  const grouped = withGroups(withOutChannels(withInChannels(EXAMPLE, 4), 4), 2);
  assert.deepEqual(ofNextChannel(grouped, input(1, 1, 3), 4, 1), input(1, 1, 3));
  assert.deepEqual(ofNextChannel(grouped, output(1, 1, 3), 4, -1), output(1, 1, 2));
  assert.deepEqual(ofNextChannel(grouped, kernel(1, 1), 4, 2), {
    ...kernel(1, 1),
    channel: 2,
    filter: 2,
  });
  /** @type {Place} */
  const unnamed = { side: 'kernel', channel: 0, row: 1, column: 1 };
  assert.equal(ofNextChannel(grouped, unnamed, 4, 1).filter, 0);
});

test('walking begins at what is explained, or at what answers it', () => {
  const spot = output(1, 2);
  const links = linked(EXAMPLE, FORWARD, spot);
  assert.equal(firstPlace(EXAMPLE, 0, 'output', spot, links), spot);
  assert.deepEqual(firstPlace(EXAMPLE, 0, 'input', spot, links), input(2, 4));
  assert.deepEqual(firstPlace(EXAMPLE, 0, 'kernel', spot, links), kernel(0, 0));
  assert.deepEqual(firstPlace(EXAMPLE, 0, 'input', null, null), input(0, 0));
  const max = withOperation(EXAMPLE, 'max');
  assert.deepEqual(firstPlace(max, 0, 'kernel', null, null), {
    side: 'kernel',
    channel: 0,
    row: 0,
    column: 0,
  });
  const cut = withControl(
    withOperation(onInput(1, 3, 3), 'conv_transpose2d'),
    'padding',
    'both',
    1,
  );
  const stamp = linked(cut, FORWARD, input(0, 0));
  assert.deepEqual(firstPlace(cut, 0, 'output', input(0, 0), stamp), output(0, 0));
});

test('a cell of a plane is a place, but for windows and what padding took away', () => {
  const boxes = boardOf(stationsOf(EXAMPLE, FORWARD), 840, 420).boxes;
  assert.deepEqual(placeOfCell(EXAMPLE, 0, { box: boxes[1], row: 1, column: 2 }), kernel(1, 2));
  assert.deepEqual(placeOfCell(EXAMPLE, 0, { box: boxes[0], row: 1, column: 2 }), input(1, 2));
  assert.deepEqual(placeOfCell(EXAMPLE, 0, { box: boxes[2], row: 1, column: 2 }), output(1, 2));
  assert.equal(placeOfCell(EXAMPLE, 0, { box: boxes[2], row: 3, column: 0 }), null);
  assert.equal(
    placeOfCell(EXAMPLE, 0, { box: { ...boxes[1], role: 'window' }, row: 0, column: 0 }),
    null,
  );
});

test('a fast stroke leaves no gaps', () => {
  assert.deepEqual(lineOfCells({ row: 0, column: 0 }, { row: 2, column: 4 }), [
    { row: 1, column: 1 },
    { row: 1, column: 2 },
    { row: 2, column: 3 },
    { row: 2, column: 4 },
  ]);
  assert.deepEqual(lineOfCells({ row: 1, column: 1 }, { row: 1, column: 1 }), []);
});
