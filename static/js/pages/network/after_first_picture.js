import '../../elements/flow_scroller.js';
import * as glide from '../../elements/glide.js';
import * as penKeys from '../../elements/pen_keys.js';
import { startAddress } from '../../state/network/address.js';
import { stateText } from '../../state/network/text.js';
import { showDevice } from '../common/device.js';
import { startShare } from '../common/share.js';
import { startAnnouncing } from './announce.js';
import { startArrival } from './arrival.js';
import { startKeys } from './keys.js';
import { startLabel } from './label.js';
import { startLegend } from './legend.js';
import { startMotion } from './motion.js';
import { startNetworkChoice } from './network_choice.js';
import { startFading, startNotice } from './notice.js';
import { startPrediction } from './paper_prediction.js';
import { startFilmstrip } from './preparation.js';
import { startVoice } from './voice.js';

/**
 * What the page can do once the first picture stands, beside drawing and opening its parts.
 * @param {import('../../state/network/network.js').Network} network
 * @param {import('../../state/network/detail.js').Detail} detail
 * @param {HTMLElement} label  where the label beside the pointer lives
 * @param {import('../../state/network/address.js').Begun} begun
 */
export function startLate(network, detail, label, begun) {
  /** @type {import('../../elements/drawing_surface.js').DrawingSurface | null} */
  const surface = document.querySelector('drawing-surface');
  surface?.learnKeys(penKeys);
  /** @type {import('../../elements/network_flow.js').NetworkFlow | null} */
  const flow = document.querySelector('network-flow');
  if (flow) flow.glide = glide;
  void startAddress(network, begun);
  startFilmstrip(network);
  startLegend(network);
  startNotice(network);
  startFading(network);
  startPrediction(network);
  startVoice(network, detail);
  startKeys(network);
  startMotion(network);
  startLabel(network, label);
  startArrival(network);
  startAnnouncing(network);
  startShare(() => stateText(network));
  void showDevice();
  const name = document.getElementById('network-name');
  if (name) void startNetworkChoice(network, name);
}
