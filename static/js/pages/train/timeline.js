import { MOMENT_SPEEDS } from '../../state/train/playback.js';
import { momentText } from '../../core/training/moments.js';

/** @import {Training} from '../../state/train/training.js' */

/** @param {Training} training @returns {import('../../views/train/timeline.js').TimelineModel} */
export function timelineModel({ signals, actions }) {
  const places = signals.places.value;
  const moment = signals.moment.value;
  return {
    places,
    moment,
    index: places.findIndex(({ step }) => step === moment?.step),
    text: moment
      ? momentText(moment)
      : `no moment ${signals.id.value && !signals.isLiving.value ? 'was kept' : 'is kept yet'}`,
    isNewest: signals.chosenStep.value === null,
    isLiving: signals.isLiving.value,
    isPlaying: signals.isPlaying.value,
    speeds: MOMENT_SPEEDS,
    speed: signals.speed.value,
    setSpeed: actions.setMomentSpeed,
    scrub: (step) => {
      actions.pauseMoments();
      // The last moment of a run that has ended is what a link without a step shows.
      const isLast = step === places.at(-1)?.step && !signals.isLiving.value;
      actions.scrub(isLast ? null : step);
    },
    step: (by) => {
      actions.pauseMoments();
      actions.stepMoment(by);
    },
    play: actions.playMoments,
  };
}
