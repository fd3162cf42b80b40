/** @import {Training} from '../../state/train/training.js' */

/** @param {Training} training @returns {import('../../views/train/timeline.js').TimelineModel} */
export function timelineModel({ signals, actions }) {
  const places = signals.places.value;
  const moment = signals.moment.value;
  return {
    places,
    moment,
    index: places.findIndex(({ step }) => step === moment?.step),
    scrub: actions.scrub,
  };
}
