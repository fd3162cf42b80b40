import { html } from 'lit-html';

import { decimalsFor, figure } from '../../core/rounding.js';
import { cellFormula } from '../cell_parts.js';
import { inputFigure } from '../map_figures.js';
import { resultLines } from '../sums.js';

/** @import {FlattenTrace} from '../../core/layers/flatten.js' */

/** The map of a flattened value, CSS px. */
const SIDE_PX = 240;

/** Where a flattened value stands. @param {import('../../core/layers/explain.js').Explained} explained */
function sourceText({ layer, trace }) {
  const { channel, row, column } = /** @type {FlattenTrace} */ (trace).source;
  return `${layer.inputs.join()} · map ${channel} · row ${row}, column ${column}`;
}

/** A flattened value: the same number, and how its index comes about. @type {import('./registry.js').KindView} */
export const flatten = {
  kind: 'Flatten',
  cell({ explained }) {
    const { value, source, index } = /** @type {FlattenTrace} */ (explained.trace);
    const [, height = 1, width = 1] = explained.layer.input_shape;
    const decimals = decimalsFor([value]);
    const numbers = `${source.channel} \\cdot ${height} \\cdot ${width} + ${source.row} \\cdot ${width} + ${source.column} = \\mathbf{${index}}`;
    return html`
      ${cellFormula(explained, numbers)}
      ${resultLines([
        { name: 'from', how: sourceText(explained), value: figure(value, decimals) },
        {
          name: 'index',
          how: 'nothing is computed: only the place changes',
          value: String(index),
        },
        { name: 'value', value: figure(value, decimals), isStrong: true },
      ])}
    `;
  },
  label: ({ explained }) => html`<span>= ${sourceText(explained)}</span>`,
  figures(model) {
    const { explained } = model;
    if (!explained.trace || explained.layer.input_shape.length < 3) return [];
    const [read] = explained.kind.reads?.(explained.trace, explained.position) ?? [];
    const found = inputFigure(model, read, { side: SIDE_PX, cursor: read });
    return [
      {
        ...found,
        note: '',
        label: `${found.title}, row ${read.row}, column ${read.column} outlined`,
      },
    ];
  },
};
