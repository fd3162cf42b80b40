// Adaptive poolings: the output size is given, and the windows follow from it.

import { readSettings } from '../settings.js';
import { adaptiveAxis } from './adaptive_axis.js';
import { MEAN } from './average_pool2d.js';
import { emptyRefusal, refuse, wholeRefusal } from './checks.js';
import { MAXIMUM } from './max_pool2d.js';
import { pooling } from './pooling.js';

/** Windows that are laid out to a number. */
export const ADAPTIVE = /** @satisfies {import('./pooling.js').Windows} */ ({
  note: 'The output size is given; the windows are laid out so that together they cover all.',
  hasWindow: true,
  // What is said of windows that move is not of these.
  read: (settings) => ({ ...readSettings(settings), divisorOverride: null }),
  axes({ outputSize }, [, height, width]) {
    const [rows, columns] = outputSize ?? [null, null];
    return {
      height: adaptiveAxis(height, rows ?? height),
      width: adaptiveAxis(width, columns ?? width),
    };
  },
  refusal({ output_size: wanted = null }, [, height, width]) {
    if (wanted === null) {
      return refuse(
        'output_size',
        'An adaptive pooling needs an output_size: the windows follow from it.',
      );
    }
    return (
      wholeRefusal(wanted, 'output_size', 1) ??
      emptyRefusal(height, 'rows') ??
      emptyRefusal(width, 'columns')
    );
  },
});

const group = { name: 'adaptive', text: 'Adaptive', title: 'Adaptive pooling' };
/** @type {import('./registry.js').Operation['fields']} */
const fields = ['output_size'];

export const adaptiveMax = pooling(ADAPTIVE, MAXIMUM, {
  name: 'adaptive_max',
  title: 'adaptive max pooling',
  group,
  fields,
});
export const adaptiveAverage = pooling(ADAPTIVE, MEAN, {
  name: 'adaptive_average',
  title: 'adaptive average pooling',
  group,
  fields,
});
