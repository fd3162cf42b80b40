/** @import {Row} from './instance.js' */

/** What the centre of the page can be: the first is the usual one. @type {readonly Row[]} */
export const VIEWS = [
  { name: 'run', title: 'Run', load: () => import('./run_view.js') },
  { name: 'update', title: 'One update', load: () => import('./update_view.js') },
  { name: 'experiments', title: 'Experiments', load: () => import('./experiments_view.js') },
];
