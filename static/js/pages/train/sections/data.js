import { choiceRow } from '../../../views/train/setting_rows.js';
import { sectionOf } from './section.js';

const DATASETS = [
  { value: 'mnist-subset', text: 'Digits, 6,000 that ship' },
  { value: 'mnist', text: 'MNIST, 60,000 digits' },
  { value: 'fashion-mnist', text: 'Fashion-MNIST, 60,000 clothes' },
];

export const mount = sectionOf(
  ({ signals, actions }) => ({
    path: 'dataset',
    text: 'images',
    value: signals.recipe.value.dataset,
    options: DATASETS,
    refusal: signals.refusals.value.get('dataset'),
    choose: (/** @type {string} */ dataset) => actions.choose({ dataset }),
  }),
  choiceRow,
);
