import { pooling } from './pooling.js';

/** An average pooling. */
export const avgPool2d = pooling('AvgPool2d');
