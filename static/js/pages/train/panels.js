/**
 * @import {Row} from './instance.js'
 *
 * A panel of the view of a run: a row here, and files of its own. `side`: in the right column, else in
 * the centre, below the timeline; `isFirst`: above the list of runs, and while the column lies below the
 * centre, above the centre's panels; `isWide`: over all of the centre's columns; `needsMoment`: it is shown
 * once there are weights to show.
 * @typedef {Row & {readonly side?: boolean, readonly isFirst?: boolean, readonly isWide?: boolean, readonly needsMoment?: boolean}} Panel
 */

/** @type {readonly Panel[]} */
export const PANELS = [
  {
    ...{ name: 'moment', title: 'This moment', isUntitled: true, isWide: true },
    load: () => import('./moment/line.js'),
  },
  {
    ...{ name: 'curves', title: 'Curves', isUntitled: true, isWide: true },
    load: () => import('./curves/panel.js'),
  },
  { name: 'kernels', title: 'Kernels', isWide: true, load: () => import('./moment/kernels.js') },
  {
    name: 'confusion',
    title: 'What is taken for what',
    isWide: true,
    load: () => import('./moment/confusion.js'),
  },
  {
    ...{ name: 'digit', title: 'Your picture', side: true, isFirst: true },
    load: () => import('./moment/digit.js'),
  },
  {
    ...{ name: 'take-away', title: 'Take away', side: true },
    load: () => import('./take_away/panel.js'),
  },
];
