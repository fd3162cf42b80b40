import { computed, signal } from '@preact/signals-core';

import '../../elements/value_picture.js';
import { nameOf } from '../../core/compare/comparison.js';
import { largestOf, outputPicture } from '../../core/take_away/output_picture.js';
import { experiment, filter, see, shownOutcome } from '../../state/lab/store.js';
import { glanceView } from '../../views/lab/glance.js';
import { renderInFrames } from '../common/frames.js';

/** Narrower than this, controls stand below the stage. */
const ONE_COLUMN = '(width <= 860px)';

const isStageAway = signal(false);
const areControlsIn = signal(false);

const model = computed(() => {
  if (!isStageAway.value || !areControlsIn.value || see.value.kind === 'image') return null;
  const found = shownOutcome.value;
  const isComputed = found.kind === 'computed';
  return {
    picture: isComputed
      ? outputPicture(found.output, filter.value, largestOf(found.output.data))
      : null,
    size: isComputed ? found.output.shape.slice(-2).join(' × ') : 'impossible',
    settings: nameOf([experiment.value]),
    back: () => document.getElementById('main')?.scrollIntoView(),
  };
});

/**
 * Where the page is one column, shows the output below the header while its controls are in view
 * and the stage is not.
 * @param {HTMLElement} stage
 * @param {HTMLElement} controls
 */
export function startGlance(stage, controls) {
  const host = document.createElement('div');
  document.getElementById('label')?.before(host);
  const isOneColumn = matchMedia(ONE_COLUMN);
  /** @type {Map<Element, boolean>} */
  const inView = new Map();
  const settle = () => {
    isStageAway.value = isOneColumn.matches && inView.get(stage) === false;
    areControlsIn.value = inView.get(controls) === true;
  };
  // What lies under the strip itself does not count as seen.
  const seen = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) inView.set(target, isIntersecting);
      settle();
    },
    { rootMargin: '-110px 0px 0px 0px' },
  );
  seen.observe(stage);
  seen.observe(controls);
  isOneColumn.addEventListener('change', settle);
  renderInFrames(() => model.value, glanceView, host);
}
