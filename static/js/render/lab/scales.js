/**
 * From which value to which each sort of number is coloured, and with which table.
 * @typedef {import('./cells.js').Scale} Scale
 * @typedef {import('../../core/stage/board.js').Role} Role
 * @typedef {Record<Role, Scale>} Scales
 *
 * @typedef {import('../theme.js').Theme} Theme
 */

/**
 * @param {import('../../core/stage/planes.js').PlanesModel} model
 * @param {Theme} theme
 * @returns {Scales}
 */
export function scalesOf({ experiment, outcome, gradients }, theme) {
  const input = inputScale(experiment.input.data, theme.input);
  const kernel = around(experiment.weight.data, theme.weight);
  const given = experiment.outputGradient?.data ?? [1];
  return {
    input,
    window: input,
    kernel,
    output: around(outcome.output.data, theme.activation),
    input_gradient: around(gradients?.input.data ?? [], theme.gradient),
    kernel_gradient: around(gradients?.weight?.data ?? [], theme.gradient),
    output_gradient: around(given, theme.gradient),
  };
}

/**
 * Grey from 0 to 1, or as far as the values go.
 * @param {ArrayLike<number>} values
 * @param {Uint32Array} table
 * @returns {Scale}
 */
function inputScale(values, table) {
  let [low, high] = [0, 1];
  for (let i = 0; i < values.length; i += 1) {
    if (!Number.isFinite(values[i])) continue;
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  return { table, low, high };
}

/**
 * As far below zero as above.
 * @param {ArrayLike<number>} values
 * @param {Uint32Array} table
 * @returns {Scale}
 */
function around(values, table) {
  let limit = 0;
  for (let i = 0; i < values.length; i += 1) {
    const size = Math.abs(values[i]);
    if (size > limit && Number.isFinite(size)) limit = size;
  }
  return { table, low: -(limit || 1), high: limit || 1 };
}
