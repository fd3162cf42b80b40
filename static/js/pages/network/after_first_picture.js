import '../../elements/flow_scroller.js';
import * as penKeys from '../../elements/pen_keys.js';
import { startAddress } from '../../state/network/address.js';
import { startImageNotice } from '../../state/network/image_notice.js';
import { showDevice } from '../common/device.js';
import { startKeys } from './keys.js';
import { startLabel } from './label.js';
import { startMotion } from './motion.js';
import { startAnnouncing } from './announce.js';
import { startArrival } from './arrival.js';
import { startFading, startNotice } from './notice.js';
import { startPrediction } from './paper_prediction.js';
import { startShare } from '../common/share.js';

/**
 * What the page can do once the first picture stands, beside drawing and opening its parts.
 * @param {HTMLElement} label  where the label beside the pointer lives
 */
export function startLate(label) {
  /** @type {import('../../elements/drawing_surface.js').DrawingSurface | null} */
  const surface = document.querySelector('drawing-surface');
  surface?.learnKeys(penKeys);
  void startAddress();
  startNotice();
  startImageNotice();
  startFading();
  startPrediction();
  startKeys();
  startMotion();
  startLabel(label);
  startArrival();
  startAnnouncing();
  startShare();
  void showDevice();
}
