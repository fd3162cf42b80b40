import { readSettings } from '../settings.js';
import { partialMaps } from './partial_maps.js';
import { windowed } from './window.js';

/** A convolution. */
export const conv2d = windowed({
  kind: 'Conv2d',
  operation: 'conv2d',
  hasParameters: true,
  role({ input_shape: [inputs], output_shape: [filters], settings: { groups, bias } }) {
    const each = inputs / groups;
    if (each === 1) {
      const read = inputs === 1 ? 'the input' : `one of the ${inputs} input maps`;
      return `Each of the ${filters} filters slides its kernel over ${read}${bias ? ' and adds its bias' : ''}.`;
    }
    const adds = bias ? 'adds the results and its bias' : 'adds the results';
    const read = groups === 1 ? `the ${inputs} input maps` : `the ${each} input maps of its group`;
    return `Each of the ${filters} filters slides one kernel over each of ${read} and ${adds}.`;
  },
  mapRole({ inputs: [source], input_shape: [maps], settings: { groups, bias } }) {
    const each = maps / groups;
    if (maps === 1) {
      return bias
        ? 'The kernel slides over the input; its results and one bias make this map.'
        : 'The kernel slides over the input; its results make this map.';
    }
    const results = bias ? `the ${each} results and one bias add up` : `the ${each} results add up`;
    const read = groups === 1 ? `the ${maps} maps` : `${each} of the ${maps} maps`;
    return `Each of ${read} of ${source} meets its own kernel; ${results} to this map.`;
  },
  factors({ input_shape: [inputs], output_shape: [filters, rows, columns], settings }) {
    return [rows, columns, filters, inputs / settings.groups, ...settings.kernel_size];
  },
  partials({ layer, inputs: [input], parameters: { weight } }, channel) {
    return weight ? partialMaps(input, weight, readSettings(layer.settings), channel) : null;
  },
});
