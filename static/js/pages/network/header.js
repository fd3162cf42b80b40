import { stateText } from '../../state/network/text.js';
import { showDevice } from '../common/device.js';
import { startShare } from '../common/share.js';

/** Brings the header to life, once the first picture stands. @param {import('../../state/network/network.js').Network} network */
export function startHeader(network) {
  startShare(() => stateText(network));
  void showDevice();
}
