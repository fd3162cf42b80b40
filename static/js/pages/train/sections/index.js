/** @import {Row} from '../instance.js' */

/** The sections of the left column, from the top: what the next run will be. @type {readonly Row[]} */
export const SECTIONS = [
  { name: 'data', title: 'Data', load: () => import('./data.js') },
  { name: 'network', title: 'Network', load: () => import('./network.js') },
  { name: 'training', title: 'Training', load: () => import('./training.js') },
];
