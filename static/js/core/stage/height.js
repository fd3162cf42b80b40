// How high the stage is: it follows from its width, the view and the number of planes alone, so that
// nothing below it moves while settings change.

/** @import {Station} from './board.js' */

/** Below this width planes stand below each other, CSS px. */
const NARROW_PX = 560;
/** What of the screen belongs to the header and the transport, CSS px. */
const OTHERS_PX = 200;

/**
 * The height of the stage.
 * @param {readonly Station[]} stations
 * @param {number} width  CSS px
 * @param {number} screen  height of the screen, CSS px
 */
export function stageHeight(stations, width, screen) {
  const isCrowded = stations.some(
    ({ channels, role }) => channels > 1 || role === 'input_gradient',
  );
  if (width < NARROW_PX) return Math.round(Math.min(width * (isCrowded ? 1.7 : 1.36), 760));
  const usual = Math.min(Math.max(width * 0.5, 320), 470);
  const wanted = isCrowded ? usual * 1.4 : usual;
  return Math.round(Math.max(320, Math.min(wanted, screen - OTHERS_PX)));
}
