// Kinds whose values are those that they read, in another place or in the same.

import { html, nothing } from 'lit-html';

import { positionText } from '../../core/layers/place.js';
import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula, texResult } from '../cell_parts.js';
import { inputFigure } from '../map_figures.js';
import { resultLines } from '../sums.js';

/**
 * @import {ConcatenateTrace} from '../../core/layers/concatenate.js'
 * @import {Explained} from '../../core/layers/explain.js'
 * @import {FlattenTrace} from '../../core/layers/flatten.js'
 * @import {PadTrace} from '../../core/layers/pad.js'
 * @import {KindView} from './registry.js'
 *
 * `from`: where a value stood; `lines`: the value and what there is to say of it; `numbers`: LaTeX of
 * the substituted line, where it is not the value alone; `hasRole`: whether the cell says what the
 * layer is for.
 * @typedef {Pick<KindView, 'kind' | 'figures'> & {
 *   from: (explained: Explained) => string,
 *   lines: (value: string, from: string, explained: Explained) => Parameters<typeof resultLines>[0],
 *   numbers?: (explained: Explained) => string,
 *   hasRole?: boolean,
 * }} Move
 */

/** The map of a flattened value, CSS px. */
const SIDE_PX = 240;
const UNCHANGED = 'nothing is computed: only the place changes';

/** @param {Move} own @returns {KindView} */
const move = ({ from, lines, numbers, hasRole = false, ...own }) => ({
  ...own,
  cell({ explained }) {
    const value = Number(explained.trace?.value);
    const decimals = decimalsFor([value]);
    return html`${cellFormula(explained, numbers?.(explained) ?? texResult(value, decimals))}
      ${hasRole ? html`<p class="note">${explained.kind.role(explained.layer)}</p>` : nothing}
      ${resultLines(lines(figure(value, decimals), from(explained), explained))}`;
  },
  label: ({ explained }) => html`<span>= ${from(explained)}</span>`,
});

export const concatenate = move({
  kind: 'Concatenate',
  from({ layer, trace }) {
    const { input, source } = /** @type {ConcatenateTrace} */ (trace);
    return positionText({ layer: layer.inputs[input], ...source }, layer.output_shape);
  },
  lines: (value, from) => [
    { name: 'from', how: from, value },
    { name: 'value', how: UNCHANGED, value, isStrong: true },
  ],
});

/** A value in another place, or the constant. */
export const pad = move({
  kind: 'Pad',
  from({ layer, trace }) {
    const { source } = /** @type {PadTrace} */ (trace);
    return source
      ? positionText({ layer: layer.inputs[0], ...source }, layer.input_shape)
      : 'padding';
  },
  lines: (value, from) => [{ name: 'from', how: from, value, isStrong: true }],
});

export const dropout = move({
  kind: 'Dropout',
  from: ({ layer }) => layer.inputs.join(),
  lines: (value, from) => [{ name: 'value', how: from, value, isStrong: true }],
  hasRole: true,
});

/** A value in a line, and how its index comes about. */
export const flatten = move({
  kind: 'Flatten',
  from({ layer, trace }) {
    const { channel, row, column } = /** @type {FlattenTrace} */ (trace).source;
    return `${layer.inputs.join()} · map ${channel} · row ${row}, column ${column}`;
  },
  numbers({ layer: { input_shape: shape }, trace }) {
    const { source, index } = /** @type {FlattenTrace} */ (trace);
    const [, height = 1, width = 1] = shape;
    return `${source.channel} \\cdot ${height} \\cdot ${width} + ${source.row} \\cdot ${width} + ${source.column} = \\mathbf{${index}}`;
  },
  lines: (value, from, { position }) => [
    { name: 'from', how: from, value },
    { name: 'index', how: UNCHANGED, value: String(position.channel) },
    { name: 'value', value, isStrong: true },
  ],
  figures(model) {
    const { explained } = model;
    if (!explained.trace || explained.layer.input_shape.length < 3) return [];
    const [read] = explained.kind.reads?.(explained.trace, explained.position) ?? [];
    const found = inputFigure(model, read, { side: SIDE_PX, cursor: read });
    const label = `${found.title}, row ${read.row}, column ${read.column} outlined`;
    return [{ ...found, note: '', label }];
  },
});
