import { axisOf, cellOf, positionText, valueAt } from './place.js';

/**
 * `input` counts the layer's inputs, `source` is the place in that one.
 * @typedef {{value: number, input: number, source: import('../operands.js').Position}} ConcatenateTrace
 */

const AXES = /** @type {const} */ (['channel', 'row', 'column']);

/** Inputs laid end to end: only the place changes. @type {import('./registry.js').Kind<ConcatenateTrace>} */
export const concatenate = {
  kind: 'Concatenate',
  trace({ layer, inputs }, at) {
    const axis = axisOf(layer.settings.dim, layer.output_shape);
    const along = AXES[axis];
    let [input, line] = [0, at[along]];
    while (line >= inputs[input].shape[axis]) {
      line -= inputs[input].shape[axis];
      input += 1;
    }
    const source = { channel: at.channel, row: at.row, column: at.column, [along]: line };
    return { value: valueAt(inputs[input], source), input, source };
  },
  formula({ input, source }, { channel, row, column }, { output_shape: shape }) {
    const place = (/** @type {{channel: number, row: number, column: number}} */ at) =>
      shape.length === 3 ? `_{${at.channel}}(${at.row}, ${at.column})` : `_{${at.channel}}`;
    return `y${place({ channel, row, column })} = x^{(${input + 1})}${place(source)}`;
  },
  sentence: ({ input, source }, _, __, { inputs, output_shape: shape }) =>
    `from ${positionText({ layer: inputs[input], ...source }, shape).replaceAll(' · ', ', ')}`,
  role: ({ inputs }) => `Lays ${inputs.join(' and ')} end to end: only the place changes.`,
  reads: ({ input, source }) => [cellOf(input, source)],
};
