import '../elements/flow-scroller.js';
import * as penKeys from '../elements/pen-keys.js';
import { startAddress } from '../state/address.js';
import { startImageNotice } from '../state/image_notice.js';
import { showDevice } from './device.js';
import { startKeys } from './network-keys.js';
import { startLabel } from './network-label.js';
import { startMotion } from './network-motion.js';
import { startAnnouncing } from './network-announce.js';
import { startArrival } from './network-arrival.js';
import { startFading, startNotice } from './network-notice.js';
import { startPrediction } from './paper-prediction.js';
import { startShare } from './share.js';

/**
 * What the page can do once the first picture stands, beside drawing and opening its parts.
 * @param {HTMLElement} label  where the label beside the pointer lives
 */
export function startLate(label) {
  /** @type {import('../elements/drawing-surface.js').DrawingSurface | null} */
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
