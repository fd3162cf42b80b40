import { pooling } from './pooling.js';

/** An average pooling to a given number of values. */
export const adaptiveAvgPool2d = pooling('AdaptiveAvgPool2d');
