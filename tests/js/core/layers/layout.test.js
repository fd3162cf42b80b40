import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  blockKind,
  cellAt,
  mapRect,
  placeLayers,
  titleShape,
} from '../../../../static/js/core/layers/layout.js';
import { gridOf, mapGrid } from '../../../../static/js/core/layers/map_grid.js';
import {
  mapSize,
  nameParts,
  overviewSize,
  titleWidth,
} from '../../../../static/js/core/layers/map_size.js';

const LAYERS = [
  { name: 'input', kind: 'Input', input_shape: [1, 28, 28], output_shape: [1, 28, 28] },
  { name: 'conv1', kind: 'Conv2d', input_shape: [1, 28, 28], output_shape: [32, 28, 28] },
  { name: 'pool2', kind: 'MaxPool2d', input_shape: [64, 14, 14], output_shape: [64, 7, 7] },
  { name: 'flatten', kind: 'Flatten', input_shape: [64, 7, 7], output_shape: [3136] },
  { name: 'fc1', kind: 'Linear', input_shape: [3136], output_shape: [128] },
  { name: 'softmax', kind: 'Softmax', input_shape: [10], output_shape: [10] },
];

test('volumes are maps, vectors strips, probabilities bars', () => {
  assert.deepEqual(LAYERS.map(blockKind), ['maps', 'maps', 'maps', 'strip', 'strip', 'bars']);
});

test('of hundreds of maps some lie beside each other, and some rows are seen at a time', () => {
  const wide = [
    { name: 'conv', kind: 'Conv2d', input_shape: [1, 7, 7], output_shape: [512, 7, 7] },
  ];
  const [block] = placeLayers(wide, { size: 14, rows: 16, gap: 1, strip: 16, most: 8, shown: 16 });
  assert.deepEqual([block.gridColumns, block.gridRows, block.shownRows], [8, 64, 16]);
  assert.deepEqual([block.width, block.height], [8 * 15 - 1, 16 * 15 - 1]);
});

test('a map that is not square is drawn as it is, its longer side as long as a square', () => {
  const shapes = [
    [4, 10, 40],
    [4, 40, 10],
    [2, 3, 400],
  ];
  const layers = shapes.map((shape) => ({
    name: 'conv',
    kind: 'Conv2d',
    input_shape: shape,
    output_shape: shape,
  }));
  const blocks = placeLayers(layers, { size: 42, rows: 4, gap: 1, strip: 16 });
  assert.deepEqual(
    blocks.map(({ cellWidth, cellHeight }) => [cellWidth, cellHeight]),
    [
      [42, 11],
      [11, 42],
      [42, 1],
    ],
  );
});

test('a map that is a vector has no shape to keep: it is wide enough to be hit', () => {
  const options = { size: 42, rows: 16, gap: 1, strip: 16 };
  const cellOf = (/** @type {number[]} */ shape, more = {}) => {
    const { cellWidth, cellHeight } = mapGrid(shape, { ...options, ...more });
    return [cellWidth, cellHeight];
  };
  assert.deepEqual(cellOf([16, 16, 1]), [16, 42], 'as wide as the strip of a layer of one axis');
  assert.deepEqual(cellOf([64, 16, 1]), [4, 42], 'and so are four columns of them');
  assert.deepEqual(cellOf([16, 16, 1], { size: 7 }), [7, 7], 'no wider than they are long');
  assert.deepEqual(cellOf([16, 16, 1], { columns: 8 }), [21, 42], 'stacked there is room');
  assert.deepEqual(cellOf([4, 1, 400]), [42, 21]);
  assert.deepEqual(cellOf([4, 16, 1], { strip: undefined }), [3, 42]);
});

test('maps of one value are no pictures: they stand in a narrow column, as large as lets all be seen', () => {
  const points = { width: 43, least: 4 };
  const options = { size: 42, rows: 16, gap: 1, shown: 16, points };
  const height = 16 * 43 - 1;
  const c5 = mapGrid([120, 1, 1], options);
  assert.deepEqual(
    [c5.cellWidth, c5.cellHeight, c5.gridColumns, c5.gridRows, c5.shownRows],
    [13, 13, 3, 40, 40],
  );
  assert.ok(c5.width <= points.width && c5.height <= height);
  // As large as other maps where there are few, and whatever they are where nothing is said of them.
  assert.deepEqual(mapGrid([10, 1, 1], options).cellWidth, 42);
  assert.deepEqual(mapGrid([120, 1, 1], { ...options, points: undefined }).width, 8 * 43 - 1);
  assert.deepEqual(mapGrid([120, 1, 2], options).width, 8 * 43 - 1);
  // Where not even the smallest fit, they are scrolled.
  const many = mapGrid([1280, 1, 1], { ...options, size: 21 });
  assert.deepEqual(
    [many.cellWidth, many.gridColumns, many.shownRows, many.gridRows],
    [4, 8, 70, 160],
  );
  assert.ok(many.width <= points.width && many.height <= 16 * 22 - 1);
  // However little room there is, there is one.
  const tight = mapGrid([3, 1, 1], {
    ...options,
    rows: 1,
    size: 4,
    gap: 0,
    points: { width: 2, least: 4 },
  });
  assert.deepEqual([tight.gridColumns, tight.shownRows, tight.gridRows], [1, 1, 3]);
});

test('stacked, maps of one value are half as large where not all would be seen', () => {
  const points = { width: 343, least: 4 };
  const options = { size: 42, rows: 16, gap: 1, columns: 8, shown: 8, points };
  const c5 = mapGrid([120, 1, 1], options);
  assert.deepEqual([c5.cellWidth, c5.gridColumns, c5.gridRows, c5.shownRows], [20, 16, 8, 8]);
  assert.equal(c5.width, 16 * 21 - 1);
  const few = mapGrid([64, 1, 1], options);
  assert.deepEqual([few.cellWidth, few.gridColumns, few.gridRows], [42, 8, 8]);
  assert.equal(mapGrid([512, 1, 1], options).shownRows, 16);
  assert.equal(mapGrid([3, 1, 1], { ...options, shown: undefined }).gridColumns, 3);
});

test('a title takes its name or its sides, whichever is wider', () => {
  const around = { before: 0, behind: 0, most: 112, over: 4, isBroken: false };
  const shaped = (/** @type {number[]} */ shape) => ({
    name: 'x',
    kind: 'Conv2d',
    input_shape: shape,
    output_shape: shape,
  });
  const near = (/** @type {number} */ found, /** @type {number} */ px) =>
    assert.ok(Math.abs(found - px) < 6, `${found} is not about ${px}`);
  // Widths of sections as a browser showed them.
  near(titleWidth(shaped([3, 224, 224]), 'input', around), 44);
  near(titleWidth(shaped([6, 14, 14]), 's2.coefficient', around), 76);
  near(titleWidth(shaped([64, 14, 14]), 'maxpool', around), 46);
  near(titleWidth(shaped([3136]), 'flatten', around), 37);
  near(titleWidth(shaped([25088]), 'fc', around), 35);
  near(titleWidth(shaped([64, 7, 7]), 'MWfc', { ...around, before: 9 }), 42);
  assert.equal(titleWidth(shaped([64, 7, 7]), 'a'.repeat(90), around), 108);
  // On two lines it takes the longer one; what stands behind it goes to the second.
  const tight = { before: 9, behind: 19, most: 112, over: 0, isBroken: true };
  near(titleWidth(shaped([64, 7, 7]), 'features.10–16', tight), 65);
  near(titleWidth(shaped([64, 7, 7]), 'features.10–16', { ...tight, isBroken: false }), 112);
  assert.deepEqual(nameParts('layer1.0.bn1'), ['layer1.', '0.', 'bn1']);
});

test('a map in a grid is a multiple of 7 device pixels and at least 14', () => {
  const space = { width: 366, columns: 8, scale: 1 };
  assert.equal(mapSize(space), 42);
  assert.equal(mapSize({ ...space, scale: 2 }), 84);
  assert.equal(mapSize({ ...space, width: 10 }), 14);
});

test('an overview of which every map is seen: as large as the width and the height allow', () => {
  const layers = LAYERS.slice(0, 5).map((shape) => ({ shape, title: 20 }));
  const around = { between: 8, scrollBar: 10, points: { width: 43, least: 4 } };
  const space = { width: 500, ...around, height: 720, rows: 16, scale: 1, zoom: 1, isDeep: false };
  const needed = (/** @type {number} */ size) => 7 * (size + 1) + 2 * 20 + 5 * 8;
  assert.ok(needed(42) <= 500);
  assert.deepEqual(overviewSize(layers, space), {
    size: 42,
    most: Infinity,
    isFitting: true,
    isOverlong: false,
  });
  assert.equal(overviewSize(layers, { ...space, width: needed(35) }).size, 35);
  assert.equal(overviewSize(layers, { ...space, width: needed(35) - 1 }).size, 28);
  assert.equal(overviewSize(layers, { ...space, height: 400 }).size, 21);
  assert.equal(overviewSize(layers, { ...space, zoom: 2 }).size, 84);
  assert.equal(overviewSize(layers, { ...space, scale: 2 }).size, 84);
  // Where titles need more than there is, maps take what titles take.
  const titled = layers.map(({ shape }) => ({ shape, title: 120 }));
  assert.equal(overviewSize(titled, { ...space, width: 10 }).size, 28);
});

test('LeNet-5: 120 maps of one value take no more than a title', () => {
  const [c3, c5] = [
    [16, 10, 10],
    [120, 1, 1],
  ].map((shape) => ({
    shape: { name: 'c', kind: 'Conv2d', input_shape: shape, output_shape: shape },
    title: 40,
  }));
  const around = { between: 8, scrollBar: 10, points: { width: 43, least: 4 } };
  const space = { ...around, height: 720, rows: 16, scale: 1, zoom: 1, isDeep: false };
  assert.equal(overviewSize([c3, c5], { ...space, width: 43 + 44 + 16 }).size, 42);
});

test('a deep network: hundreds of maps lie in fewer columns where that makes all larger', () => {
  const wide = { name: 'conv', kind: 'Conv2d', input_shape: [1, 7, 7], output_shape: [512, 7, 7] };
  const layers = (/** @type {number} */ count) =>
    Array.from({ length: count }, () => ({ shape: wide, title: 50 }));
  const around = { between: 0, scrollBar: 0, points: { width: 43, least: 4 }, isDeep: true };
  const space = { width: 1100, ...around, height: 600, rows: 16, scale: 1, zoom: 1 };
  // 3 · 8 · 36, 6 · 8 · 22; then four, then two; where titles need more than there is, what they leave.
  assert.deepEqual(overviewSize(layers(3), space), {
    size: 35,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(3), { ...space, between: 80 }), {
    size: 28,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(3), { ...space, scrollBar: 80 }), {
    size: 28,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  // Two columns hold all 32 maps: nothing is scrolled.
  const whole = { shape: { ...wide, output_shape: [32, 7, 7] }, title: 50 };
  assert.deepEqual(overviewSize(Array(10).fill(whole), { ...space, scrollBar: 80 }), {
    size: 35,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(6), space), {
    size: 21,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(10), space), {
    size: 21,
    most: 4,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(20), space), {
    size: 21,
    most: 2,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(40), space), {
    size: 21,
    most: 2,
    isFitting: false,
    isOverlong: false,
  });
  assert.equal(overviewSize(layers(200), space).isOverlong, true);
  assert.deepEqual(overviewSize(layers(6), { ...space, height: 300 }), {
    size: 14,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(6), { ...space, scale: 2 }), {
    size: 42,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
  assert.deepEqual(overviewSize(layers(6), { ...space, zoom: 2 }), {
    size: 42,
    most: 8,
    isFitting: true,
    isOverlong: false,
  });
});

test('a title leaves out the one channel of a grey image, and of nothing else', () => {
  const [input, conv1] = LAYERS;
  assert.deepEqual(titleShape(input), [28, 28]);
  assert.deepEqual(titleShape({ ...input, output_shape: [3, 28, 28] }), [3, 28, 28]);
  assert.deepEqual(titleShape(conv1), [32, 28, 28]);
  assert.deepEqual(titleShape({ ...conv1, output_shape: [1, 28, 28] }), [1, 28, 28]);
});

test('the overview: grids of sixteen rows, the flattened volume folded at the width of its maps', () => {
  const blocks = placeLayers(LAYERS, { size: 42, rows: 16, gap: 1, strip: 16 });
  const [input, conv1, pool2, flatten, fc1, softmax] = blocks;
  const height = 16 * 43 - 1;
  assert.deepEqual([input.width, input.height], [42, 42]);
  assert.deepEqual(
    [conv1.gridRows, conv1.gridColumns, conv1.width, conv1.height],
    [16, 2, 85, height],
  );
  assert.deepEqual([pool2.gridRows, pool2.gridColumns], [16, 4]);
  assert.deepEqual([flatten.gridRows, flatten.gridColumns, flatten.cellWidth], [448, 7, 2]);
  assert.deepEqual([fc1.gridRows, fc1.gridColumns, fc1.height], [128, 1, height]);
  assert.equal(softmax.kind, 'bars');
});

test('a strip with more units than pixels grows instead of losing units', () => {
  const [, flatten] = placeLayers(LAYERS.slice(2, 4), { size: 10, rows: 8, gap: 0, strip: 7 });
  assert.deepEqual([flatten.gridColumns, flatten.gridRows], [56, 56]);
  assert.ok(flatten.cellHeight >= 1);
  const [, fc1] = placeLayers(LAYERS.slice(3, 5), { size: 10, rows: 8, gap: 0, strip: 7 });
  assert.deepEqual([fc1.height, fc1.cellHeight], [128, 1]);
});

test('above an open layer a strip is as high as the maps, whatever it holds', () => {
  const [, flatten, fc1] = placeLayers(LAYERS.slice(2, 5), {
    size: 10,
    rows: 8,
    gap: 0,
    strip: 7,
    isCompact: true,
  });
  assert.deepEqual([flatten.height, fc1.height], [80, 80]);
  assert.equal(cellAt(fc1, { rows: 1, columns: 1 }, 3, 79.9)?.channel, 127);
});

test('stacked on a phone: maps in eight columns, vectors lying down in lines of the same width', () => {
  const [, conv1, , flatten, fc1] = placeLayers(LAYERS, {
    size: 42,
    rows: 16,
    gap: 1,
    columns: 8,
    strip: 20,
  });
  assert.deepEqual([conv1.gridColumns, conv1.gridRows], [8, 4]);
  assert.equal(flatten.width, 343);
  assert.ok(flatten.gridRows * flatten.gridColumns >= 3136);
  assert.deepEqual([fc1.gridColumns, fc1.gridRows, fc1.height], [128, 1, 20]);
});

test('every map is found again at its own middle, and gaps are nobody’s', () => {
  const [, conv1, , flatten, fc1] = placeLayers(LAYERS, { size: 42, rows: 16, gap: 1, strip: 16 });
  for (const block of [conv1, flatten, fc1]) {
    for (let channel = 0; channel < block.count; channel += 7) {
      const { x, y, width, height } = mapRect(block, channel);
      const found = cellAt(block, { rows: 28, columns: 28 }, x + width / 2, y + height / 2);
      assert.equal(found?.channel, channel);
    }
  }
  const map = { rows: 28, columns: 28 };
  assert.deepEqual(cellAt(conv1, map, 0, 0), { channel: 0, row: 0, column: 0 });
  assert.deepEqual(cellAt(conv1, map, 41.9, 41.9), { channel: 0, row: 27, column: 27 });
  assert.deepEqual(cellAt(conv1, map, 43, 44), { channel: 3, row: 0, column: 0 });
  assert.equal(cellAt(conv1, map, 42.5, 3), null);
  assert.equal(cellAt(conv1, map, -1, 3), null);
  assert.equal(cellAt(conv1, map, 3, 5000), null);
});

test('the last line of a grid may be short: behind its end there is nothing', () => {
  const [block] = placeLayers(
    [{ name: 'odd', kind: 'Conv2d', input_shape: [1, 4, 4], output_shape: [5, 4, 4] }],
    {
      size: 8,
      rows: 3,
      gap: 0,
      strip: 4,
    },
  );
  assert.deepEqual([block.gridRows, block.gridColumns], [3, 2]);
  assert.equal(cellAt(block, { rows: 4, columns: 4 }, 12, 20), null);
});

test('maps that belong together are parted from the next, and what parts them is nobody’s', () => {
  const size = { cellWidth: 18, cellHeight: 18, gap: 1, groups: { size: 3, gap: 5 } };
  const grid = gridOf({ gridRows: 2, shownRows: 2, gridColumns: 6, ...size });
  assert.equal(grid.width, 6 * 19 - 1 + 5);
  const block = { name: 'kernels', kind: /** @type {const} */ ('maps'), count: 12, ...grid };
  const map = { rows: 3, columns: 3 };
  for (let channel = 0; channel < 12; channel += 1) {
    const { x, y } = mapRect(block, channel);
    assert.deepEqual(cellAt(block, map, x + 7, y + 1), { channel, row: 0, column: 1 });
  }
  assert.equal(mapRect(block, 3).x, 3 * 19 + 5);
  assert.equal(cellAt(block, map, 3 * 19 + 2, 4), null);
  assert.equal(cellAt(block, map, 6 * 19 + 8, 4), null);
});
