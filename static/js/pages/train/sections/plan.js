import { signal } from '@preact/signals-core';

import { USUAL_RECIPE, differences } from '../../../core/training/recipe.js';
import { planView } from '../../../views/train/plan.js';
import { createCopying } from '../../common/clipboard.js';
import { sectionOf } from './section.js';

/** How copying went last. */
const copied = signal(/** @type {'rest' | 'copied' | 'not copied'} */ ('rest'));
const copy = createCopying((how) => void (copied.value = how));

export const mount = sectionOf(
  ({ signals, actions }) => ({
    plan: signals.plan.value,
    general: signals.refusals.value.get('') ?? null,
    isChanged: differences(signals.recipe.value, USUAL_RECIPE).length > 0,
    reset: () => actions.choose(USUAL_RECIPE),
    copied: copied.value,
    copy: () => copy(JSON.stringify(signals.recipe.peek(), null, 2)),
  }),
  planView,
);
