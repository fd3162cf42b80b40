import { windowed } from './window.js';

/** An average pooling to a given number of values. */
export const adaptiveAvgPool2d = windowed({
  kind: 'AdaptiveAvgPool2d',
  operation: 'adaptive_average',
  role: ({ output_shape: [, rows, columns] }) =>
    `Shares each map out among ${rows} × ${columns} windows and keeps the mean of each.`,
});
