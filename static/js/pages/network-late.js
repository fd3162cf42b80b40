import '../elements/flow-scroller.js';
import { startAddress } from '../state/address.js';
import { showDevice } from './device.js';
import { startKeys } from './network-keys.js';
import { startLabel } from './network-label.js';
import { startMotion } from './network-motion.js';
import { startNotice } from './network-notice.js';
import { startShare } from './share.js';

/**
 * What the page can do once the first picture stands, beside drawing and opening its parts.
 * @param {HTMLElement} label  where the label beside the pointer lives
 */
export function startLate(label) {
  void startAddress();
  startNotice();
  startKeys();
  startMotion();
  startLabel(label);
  startShare();
  void showDevice();
}
