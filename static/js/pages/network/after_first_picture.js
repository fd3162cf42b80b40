import '../../elements/flow_scroller.js';
import * as glide from '../../elements/glide.js';
import * as penKeys from '../../elements/pen_keys.js';
import { signal, untracked } from '@preact/signals-core';

import { startPaths } from '../../state/network/paths.js';
import { startAddress } from '../../state/network/address.js';
import { startKeys } from './keys.js';
import { startLabel } from './label.js';
import { startLegend } from './legend.js';
import { startMotion } from './motion.js';
import { startBeside, startNetworkChoice } from './network_choice.js';
import { startFading, startNotice } from './notice.js';
import { startPrediction } from './paper_prediction.js';
import { startPaperTools } from './paper_tools.js';
import { startFilmstrip } from './preparation.js';
import { startStrip } from './strip.js';
import { startVoice } from './voice.js';

/** @import {NetworkInstance} from './instance.js' */

/** What a link opens counts as out of sight from so far down the window on. */
const SIGHT = 0.4;

/** Scrolls to what is open where it lies below the drawing. @param {NetworkInstance} instance */
function scrollToOpened(instance) {
  const header = document.querySelector('.header')?.clientHeight ?? 0;
  const { top } = instance.place('main').getBoundingClientRect();
  if (instance.network.signals.view.value.kind !== 'overview' && top > SIGHT * innerHeight)
    window.scrollBy(0, top - header - 1);
}

/** Shows what a link opens, once it stands; whoever draws meanwhile stays at the paper. @param {NetworkInstance} instance */
function startArrival(instance) {
  const { arrived, changed, forward, opening } = instance.network.signals;
  /** @type {{at: number} | null} */
  let seen = null;
  instance.effect(() => {
    const at = arrived.value;
    if (at === seen || !forward.value?.isExact || opening.value) return;
    seen = at;
    untracked(() => changed.value === at && scrollToOpened(instance));
  });
}

/**
 * Fetches something once it is wanted.
 * @param {NetworkInstance} instance
 * @param {() => boolean} isWanted  reads signals
 * @param {() => Promise<void>} get
 */
function fetchOnce(instance, isWanted, get) {
  let isAsked = false;
  instance.effect(() => {
    if (isAsked || !isWanted()) return;
    isAsked = true;
    untracked(get).catch(instance.network.actions.fail);
  });
}

/** What leads to a layer: its name, its maps, its row. */
const WAYS = '.flow-layers, .ledger';

/**
 * Whether somebody has come to what opens layers: by pointer, keys or touch.
 * @param {NetworkInstance} instance
 */
function nearness({ host, living }) {
  const isNear = signal(false);
  const come = (/** @type {Event} */ { target }) => {
    if (target instanceof Element && target.closest(WAYS)) isNear.value = true;
  };
  for (const type of ['pointerover', 'pointerdown', 'focusin'])
    host.addEventListener(type, come, { signal: living, passive: true });
  return isNear;
}

/**
 * Fetches what shows what values see, what units look for and what a pixel reaches, each once it is wanted.
 * @param {NetworkInstance} instance
 * @param {import('../../state/network/detail.js').Detail} detail
 */
function startFields(instance, detail) {
  const { hover, pixel, view } = instance.network.signals;
  fetchOnce(
    instance,
    () => 'layer' in view.value,
    async () => {
      const { createSeen } = await import('./seen.js');
      detail.seen.value = createSeen(instance, detail);
    },
  );
  // Whoever is at the network may open a part of it next, and would wait for these.
  const isNear = nearness(instance);
  fetchOnce(
    instance,
    () => isNear.value || hover.value !== null || 'layer' in view.value,
    async () => {
      const { loadKatex } = await import('../../elements/math_formula.js');
      await Promise.all([import('./seen.js'), loadKatex()]);
    },
  );
  fetchOnce(
    instance,
    () => hover.value?.layer === 'input' || pixel.value !== null,
    async () => {
      const { createReach } = await import('./reach.js');
      detail.reach.value = createReach(instance);
    },
  );
  fetchOnce(
    instance,
    () => true,
    async () => void (detail.depth.value = await import('./depth_chart.js')),
  );
}

/**
 * Lets the reader say "7, 99.9 %" once the drawing rests, and which network says so where it is another.
 * @param {import('./instance.js').NetworkInstance} instance
 */
function startAnnouncing(instance) {
  const { forward, isBlank, isUnnamed, outline, remark } = instance.network.signals;
  const host = instance.place('status');
  /** The title of the network that was said last, or shown first. */
  let said = outline.value?.title;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  instance.effect(() => {
    const answer = forward.value?.document;
    clearTimeout(timer);
    if (!answer) return;
    const { label, probability } = answer.prediction ?? {};
    const seen = isUnnamed.value
      ? remark.value
      : `The network sees ${label}, ${(100 * probability).toFixed(1)} percent. ${remark.value}`;
    const text = isBlank.value ? 'The paper is empty.' : seen;
    const title = outline.value?.title;
    timer = setTimeout(() => {
      host.textContent = title === said ? text : `${title} is shown. ${text}`;
      said = title;
    }, 700);
  });
}

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
  startPaperTools(instance);
  startFilmstrip(instance);
  startLegend(instance);
  startNotice(instance);
  startFading(instance);
  startPrediction(instance);
  startVoice(instance, detail);
  startKeys(instance);
  startMotion(instance);
  startStrip(instance);
  startLabel(instance);
  startArrival(instance);
  startFields(instance, detail);
  startAnnouncing(instance);
  startBeside(instance);
  void startNetworkChoice(instance, name);
  startPaths(network.signals, (follow) => instance.effect(follow));
}
