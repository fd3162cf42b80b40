import assert from 'node:assert/strict';
import { before, test } from 'node:test';

import {
  EXAMPLE,
  withControl,
  withInputCell,
  withInputSize,
  withOperation,
} from '../../../../static/js/core/experiment/experiment.js';
import { boardOf, seenFrom } from '../../../../static/js/core/stage/board.js';
import { pictureOf } from '../../../../static/js/core/stage/picture.js';
import { planesModel } from '../../../../static/js/core/stage/planes_model.js';
import { stationsOf } from '../../../../static/js/core/stage/stations.js';
import { paintBoard } from '../../../../static/js/render/lab/board.js';
import { themeOf } from '../../../../static/js/render/theme.js';

const [WIDTH, HEIGHT] = [700, 300];
const SEE = /** @type {const} */ ({ kind: 'forward' });

/** Colours of which no two are alike. @param {string} name */
const token = (name) => `rgb(${name.length * 9}, ${name.charCodeAt(0)}, ${name.charCodeAt(3)})`;
const THEME = themeOf(token);
const OTHER_THEME = themeOf((name) => token(`${name}${name}`));

/** A canvas on which every sign is a block of its own strength. */
class Blocks {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    Object.assign(this, { width, height, data: new Uint8Array(4 * width * height) });
  }

  getContext() {
    const canvas = /** @type {any} */ (this);
    return {
      measureText: (/** @type {string} */ text) => ({ width: 5 * text.length }),
      fillText(/** @type {string} */ sign, /** @type {number} */ x) {
        for (let row = 2; row < canvas.height - 2; row += 1)
          for (let column = Math.round(x); column < x + 4; column += 1)
            canvas.data[4 * (row * canvas.width + column) + 3] = 40 + (sign.charCodeAt(0) % 200);
      },
      getImageData: () => canvas,
    };
  }
}

before(() => {
  Object.defineProperty(globalThis, 'OffscreenCanvas', { value: Blocks, configurable: true });
});

const nothing = () => ({
  data: new Uint32Array(WIDTH * HEIGHT),
  width: WIDTH,
  height: HEIGHT,
});

/**
 * What is painted of an experiment, over what stands there and on nothing.
 * @param {import('../../../../static/js/core/experiment/experiment.js').Experiment} experiment
 * @param {{frame?: number, scrolled?: number, theme?: typeof THEME, cell?: number}} how
 */
function pictureAt(experiment, { frame = Infinity, scrolled = 0, theme = THEME, cell = 30 }) {
  const model = planesModel(experiment, { see: SEE, spot: null, frame, filter: 0 });
  assert.ok(model);
  const whole = boardOf(stationsOf(experiment, SEE), WIDTH, HEIGHT, cell);
  return { picture: pictureOf(model, seenFrom(whole, scrolled, scrolled / 2)), theme };
}

const large = withInputSize(EXAMPLE, 12, 14);
const changed = withInputCell(large, { channel: 0, row: 3, column: 4 }, 0.37);
const padded = withControl(changed, 'padding', 'both', 2);
const STEPS = [
  pictureAt(large, {}),
  pictureAt(withControl(large, 'stride', 'both', 3), {}),
  pictureAt(withControl(large, 'stride', 'both', 4), {}),
  pictureAt(withControl(large, 'stride', 'both', 1), {}),
  pictureAt(changed, {}),
  pictureAt(changed, { frame: 7 }),
  pictureAt(changed, { frame: 8 }),
  pictureAt(padded, {}),
  pictureAt({ ...padded, settings: { ...padded.settings, padding_mode: 'reflect' } }, {}),
  pictureAt(padded, { scrolled: 100 }),
  pictureAt(padded, { scrolled: 500 }),
  pictureAt(withOperation(padded, 'max'), { scrolled: 500 }),
  pictureAt(withOperation(padded, 'max'), { theme: OTHER_THEME }),
  pictureAt(withInputCell(padded, { channel: 0, row: 0, column: 0 }, -1234.5), {}),
  pictureAt(withInputCell(padded, { channel: 0, row: 0, column: 0 }, NaN), {}),
  pictureAt(large, { cell: 6 }),
  pictureAt(EXAMPLE, {}),
];

test('what is painted over a former picture is what is painted on nothing', () => {
  const kept = nothing();
  let before = null;
  // There and back.
  for (const { picture, theme } of [...STEPS, ...STEPS.toReversed()]) {
    const alone = nothing();
    paintBoard(alone, picture, 1, theme);
    before = paintBoard(kept, picture, 1, theme, before);
    assert.ok(alone.data.every((pixel, at) => pixel === kept.data[at]));
  }
});

test('a cell that has not changed is not painted again', () => {
  const [{ picture, theme }] = STEPS;
  const pixels = nothing();
  const before = paintBoard(pixels, picture, 1, theme);
  const { box } = before.planes[0];
  const at = (box.y + 10) * WIDTH + box.x + 10;
  pixels.data[at] = 1234;
  paintBoard(pixels, picture, 1, theme, before);
  assert.equal(pixels.data[at], 1234);
  paintBoard(pixels, STEPS[9].picture, 1, theme, before);
  assert.notEqual(pixels.data[at], 1234);
});
