import { computed, signal } from '@preact/signals-core';

import '../../elements/value_picture.js';
import { nameOf } from '../../core/compare/comparison.js';
import { largestOf, outputPicture } from '../../core/take_away/output_picture.js';
import { glanceView } from '../../views/lab/glance.js';
import { ONE_COLUMN } from './compare.js';

/**
 * Where the page is one column, shows the output below the header while its controls are in view
 * and the stage is not.
 * @param {import('./instance.js').LabInstance} instance
 * @param {Record<string, HTMLElement>} places
 */
export function startGlance(instance, { stage: whole, controls, strip }) {
  // The planes, without transport and formulas.
  const stage = /** @type {HTMLElement} */ (whole.firstElementChild);
  const { lab, living } = instance;
  const { experiment, filter, see, shownOutcome } = lab.signals;
  const isStageAway = signal(false);
  const areControlsIn = signal(false);
  const model = computed(() => {
    if (!isStageAway.value || !areControlsIn.value || see.value.kind === 'image') return null;
    const found = shownOutcome.value;
    const output = found.kind === 'computed' ? found.output : null;
    return {
      picture: output && outputPicture(output, filter.value, largestOf(output.data)),
      size: output?.shape.slice(-2).join(' × ') ?? 'impossible',
      settings: nameOf([experiment.value]),
      back: () => stage.closest('.lab-middle')?.scrollIntoView(),
    };
  });
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
  instance.atEnd(() => seen.disconnect());
  isOneColumn.addEventListener('change', settle, { signal: living });
  instance.render(() => model.value, glanceView, strip);
}
