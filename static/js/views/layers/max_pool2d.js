import { pooling } from './pooling.js';

/** A max pooling. */
export const maxPool2d = pooling('MaxPool2d');
