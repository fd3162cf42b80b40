import { datasetText } from '../../core/training/names.js';
import { dataSetsOf } from '../../state/train/data_sets.js';

/** What networks, runs and data sets are called. @param {import('../../state/train/training.js').Training} training @returns {import('../../core/training/recipe_words.js').Titles} */
export function titlesOf(training) {
  const titles = training.signals.networkTitles.value;
  const runs = training.signals.runs.value ?? [];
  const cards = dataSetsOf(training).signals.cards.value;
  return {
    network(name) {
      const run = runs.find(({ id }) => name === `run:${id}`);
      return run?.title ?? titles.get(name) ?? name.replace('run:', 'run ');
    },
    dataset: (name) => datasetText(name, cards),
  };
}
