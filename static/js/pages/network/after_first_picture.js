import '../../elements/flow_scroller.js';
import * as glide from '../../elements/glide.js';
import * as penKeys from '../../elements/pen_keys.js';
import { startAddress } from '../../state/network/address.js';
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
 * What a network can do once the first picture stands, beside drawing and opening its parts.
 * @param {import('./instance.js').NetworkInstance} instance
 * @param {import('../../state/network/detail.js').Detail} detail
 * @param {HTMLElement} name  where its name stands
 * @param {import('../../state/network/address.js').Begun | null} begun  null: the address is not its own
 */
export function startLate(instance, detail, name, begun) {
  const { host, network } = instance;
  /** @type {import('../../elements/drawing_surface.js').DrawingSurface | null} */
  const surface = host.querySelector('drawing-surface');
  surface?.learnKeys(penKeys);
  /** @type {import('../../elements/network_flow.js').NetworkFlow | null} */
  const flow = host.querySelector('network-flow');
  if (flow) flow.glide = glide;
  if (begun) void startAddress(network, begun).then((stop) => instance.atEnd(stop));
  startFilmstrip(instance);
  startLegend(instance);
  startNotice(instance);
  startFading(instance);
  startPrediction(instance);
  startVoice(instance, detail);
  startKeys(instance);
  startMotion(instance);
  startLabel(instance);
  startArrival(instance);
  startAnnouncing(instance);
  void startNetworkChoice(instance, name);
}
