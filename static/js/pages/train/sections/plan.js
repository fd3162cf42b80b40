import { USUAL_RECIPE, differences } from '../../../core/training/recipe.js';
import { learningFrom } from '../../../core/training/usual_rate.js';
import { dataSetsOf } from '../../../state/train/data_sets.js';
import { planView } from '../../../views/train/plan.js';
import { Copying } from '../../common/clipboard.js';
import { sectionOf } from './section.js';

const copying = new Copying();

/** The article's recipe, for the data that are chosen. @param {Pick<import('../../../state/train/training.js').Training, 'signals' | 'actions'>} training */
function usualFor(training) {
  const { cards, chosen } = dataSetsOf(training).signals;
  const before = cards.value?.find(({ name }) => name === USUAL_RECIPE.dataset);
  if (!before || !chosen.value) return USUAL_RECIPE;
  return { ...USUAL_RECIPE, ...learningFrom(USUAL_RECIPE, before, chosen.value) };
}

export const mount = sectionOf(({ signals, actions }) => {
  const usual = usualFor({ signals, actions });
  return {
    plan: signals.plan.value,
    general: signals.refusals.value.get('') ?? null,
    isChanged: differences(signals.recipe.value, usual).length > 0,
    reset: () => actions.choose(usual),
    copied: copying.of(),
    copy: () => void copying.copy(JSON.stringify(signals.recipe.peek(), null, 2)),
  };
}, planView);
