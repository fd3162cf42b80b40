// The PyTorch text of the gradients, with the output gradient that is shown.

import { jsonRows } from './curl.js';
import { nested } from './request.js';

/** The line of the API's text that says how much each output value matters. */
const ONES = 'output_gradient = torch.ones_like(output)';
/** More values than this are read from a file, as the API's own texts do. */
const LITERAL_UP_TO = 1024;

/**
 * The API's text, which weighs each output value by 1, with others.
 * @param {string | null} text  null: it is not there
 * @param {import('../experiment/experiment.js').Values | null} outputGradient  null: 1 each
 */
export function autogradOf(text, outputGradient) {
  if (!text || !outputGradient) return text;
  const { shape, data } = outputGradient;
  const start = 'output_gradient = torch.';
  if (data.length > LITERAL_UP_TO) {
    const read = `${start}from_numpy(numpy.load("output_gradient.npy"))`;
    const line = `${read}  # ${shape.join('×')}, saved as .npy`;
    const imports = text.includes('import numpy\n') ? '' : 'import numpy\n';
    return text.replace('import torch\n', `${imports}import torch\n`).replace(ONES, line);
  }
  const indent = ' '.repeat(start.length + 'tensor('.length);
  const rows = jsonRows(nested(shape, data), indent);
  return text.replace(ONES, `${start}tensor(${rows}, dtype=torch.float64)`);
}
