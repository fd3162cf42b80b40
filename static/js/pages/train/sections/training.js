import { choiceAt } from '../../../core/training/recipe.js';
import { numberRows } from '../../../views/train/setting_rows.js';
import { sectionOf } from './section.js';

const NUMBERS = [
  { path: 'epochs', text: 'epochs', least: 1, most: 1000, isWhole: true },
  { path: 'batch_size', text: 'batch size', least: 1, most: 60_000, isWhole: true },
  { path: 'optimizer.lr', text: 'learning rate', least: 0, most: 1000 },
  { path: 'seed', text: 'seed', least: 0, most: 2 ** 31 - 1, isWhole: true },
];

export const mount = sectionOf(
  ({ signals, actions }) => ({
    rows: NUMBERS.map((row) => ({
      ...row,
      value: choiceAt(signals.recipe.value, row.path),
      refusal: signals.refusals.value.get(row.path),
    })),
    choose: actions.chooseAt,
  }),
  numberRows,
);
