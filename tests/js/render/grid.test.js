import assert from 'node:assert/strict';
import test from 'node:test';

import { drawGrid } from '../../../static/js/render/grid.js';

/** What is written into the cells of one line of values. @param {number[]} values @param {number} cell */
function written(values, cell) {
  /** @type {string[]} */
  const texts = [];
  const context = new Proxy(
    { font: '' },
    {
      get(own, name) {
        if (name === 'measureText') return measure;
        if (name === 'fillText') return (/** @type {string} */ text) => texts.push(text);
        return name in own ? own.font : () => undefined;
      },
      set: (own, name, value) => {
        if (name === 'font') own.font = value;
        return true;
      },
    },
  );
  /** Digits of 6 px, a point of 3. @param {string} text */
  const measure = (text) => ({ width: 6 * text.length - (text.includes('.') ? 3 : 0) });
  const table = new Uint32Array(255);
  const grid = { values, rows: 1, columns: values.length, cell, isNumbered: true, limit: 1 };
  const theme = /** @type {any} */ ({ weight: table });
  drawGrid(/** @type {any} */ (context), { ...grid, palette: 'weight' }, theme);
  return texts;
}

test('numbers of cells have two decimals where those fit', () => {
  assert.deepEqual(written([0.021, -0.5], 36), ['0.02', '−0.50']);
});

test('small numbers in narrow cells have no zero before the point', () => {
  assert.deepEqual(written([0.021, -0.118], 28), ['.02', '−.12']);
});

test('numbers of which no two digits fit are left out, and whole ones are not', () => {
  assert.deepEqual(written([0.4, -1.3, 2.2], 24), []);
  assert.deepEqual(written([0, -1, 2], 24), ['0', '−1', '2']);
  assert.deepEqual(written([0.4, 12.3], 25), ['0', '12']);
  assert.deepEqual(written([0.4, 1.34], 25), ['0.4', '1.3']);
});
