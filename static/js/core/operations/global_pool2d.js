// Global poolings: adaptive ones to a single value.

import { ADAPTIVE } from './adaptive_pool2d.js';
import { MEAN } from './average_pool2d.js';
import { MAXIMUM } from './max_pool2d.js';
import { pooling } from './pooling.js';

/** One window that is the input itself. @type {import('./pooling.js').Windows} */
const GLOBAL = {
  note: 'One window over the whole of each map.',
  hasWindow: false,
  read: (settings) => ADAPTIVE.read({ ...settings, output_size: 1 }),
  axes: ADAPTIVE.axes,
  refusal: (_, shape) => ADAPTIVE.refusal({ output_size: 1 }, shape),
};

const group = { name: 'global', text: 'Global', title: 'Global pooling' };

export const globalMax = pooling(GLOBAL, MAXIMUM, {
  name: 'global_max',
  title: 'global max pooling',
  group,
  fields: [],
});
export const globalAverage = pooling(GLOBAL, MEAN, {
  name: 'global_average',
  title: 'global average pooling',
  group,
  fields: [],
});
