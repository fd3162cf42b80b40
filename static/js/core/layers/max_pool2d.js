import { windowed } from './window.js';

/** A max pooling. */
export const maxPool2d = windowed({
  kind: 'MaxPool2d',
  operation: 'max',
  role: () => 'Keeps the largest value of each window; each map is on its own.',
});
