import { windowed } from './window.js';

/** An average pooling. */
export const avgPool2d = windowed({
  kind: 'AvgPool2d',
  operation: 'average',
  role: () => 'Keeps the mean of each window; each map is on its own.',
});
