import { signal } from '@preact/signals-core';
import { render } from 'lit-html';

import { LayerPicture } from '../../elements/layer_picture.js';
import { largest } from '../../core/range.js';
import { explain } from '../../state/network/detail.js';
import { hoverLabel } from '../../views/hover_label.js';
import { greyOf } from './scales.js';

/** @import {Network} from '../../state/network/network.js' */

/** Space between the pointer, or the walked map, and its label, CSS px. */
const DISTANCE_PX = 18;
/** Between the label and the window's edge, CSS px. */
const EDGE_PX = 8;

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

/** The map that the keys are on, else all of its layer's picture. @param {Network} network @returns {Box | null} */
function walkedMap({ signals: { hover } }) {
  const picture = document.activeElement;
  if (!(picture instanceof LayerPicture) || !picture.matches(':focus-visible')) return null;
  const { left, top, right, bottom } = picture.getBoundingClientRect();
  const rect = picture.closest('kernel-wall') ? null : picture.rectOf(hover.value?.channel ?? 0);
  if (!rect) return { left, top, right, bottom };
  const [x, y] = [left + rect.x, top + rect.y];
  return { left: x, top: y, right: x + rect.width, bottom: y + rect.height };
}

/**
 * Where a label stands beside a box without covering it: to its right or left, else below or above.
 * @param {Box} box
 * @param {{width: number, height: number}} label
 */
function placeBeside(box, { width, height }) {
  const isRight = box.right + DISTANCE_PX + width + EDGE_PX <= innerWidth;
  const isLeft = box.left - DISTANCE_PX - width >= EDGE_PX;
  const isBelow = box.bottom + DISTANCE_PX + height + EDGE_PX <= innerHeight;
  const below = isBelow ? box.bottom + DISTANCE_PX : box.top - DISTANCE_PX - height;
  const beside = box.left === box.right ? box.top + DISTANCE_PX : box.top;
  const x = isRight ? box.right + DISTANCE_PX : isLeft ? box.left - DISTANCE_PX - width : box.left;
  const y = isRight || isLeft ? Math.min(beside, innerHeight - height - EDGE_PX) : below;
  return [Math.max(EDGE_PX, Math.min(x, innerWidth - width - EDGE_PX)), Math.max(EDGE_PX, y)];
}

/** What the label tells of, where it is shown. @param {Network} network */
function labelModel(network) {
  const { signals, actions } = network;
  const { hover, limits, rangeMode, view } = signals;
  const [at, now] = [hover.value, view.value];
  const isShown = !('channel' in now) || now.layer !== at?.layer;
  const explained = at && isShown ? explain(signals, at) : null;
  if (!at || !explained) return null;
  if (explained.isWaiting) void actions.ensureWeights(explained.layer.name, at.channel);
  const limit = limits.value.get(at.layer)?.[at.channel] ?? 0;
  const isOwn = rangeMode.value === 'map' && explained.layer.output_shape.length === 3;
  const ranges = explained.sources.map(({ name }) => largest(limits.value.get(name) ?? []));
  return {
    explained,
    limit,
    reach: isOwn && explained.layer.name !== 'input' ? limit : 0,
    inputLimit: largest(ranges),
    greyOf: greyOf(network),
  };
}

/**
 * Shows the label beside the pointer, or beside the walked map when keys walk.
 * @param {import('./instance.js').NetworkInstance} instance
 */
export function startLabel(instance) {
  const { living, network } = instance;
  const anchor = signal(/** @type {Box} */ ({ left: 0, top: 0, right: 0, bottom: 0 }));
  const atPointer = (/** @type {PointerEvent} */ { clientX: x, clientY: y }) =>
    (anchor.value = { left: x, top: y, right: x, bottom: y });
  const atKeys = () => (anchor.value = walkedMap(network) ?? anchor.value);
  addEventListener('pointermove', atPointer, { signal: living, passive: true });
  addEventListener('focusin', atKeys, { signal: living });
  addEventListener('keydown', atKeys, { signal: living });
  atKeys();
  const label = document.createElement('div');
  label.className = 'hover-label';
  label.hidden = true;
  instance.place('label').replaceChildren(label);
  instance.effect(() => {
    const model = labelModel(network);
    label.hidden = !model;
    if (model) render(hoverLabel(model), label);
  });
  const place = (/** @type {Box} */ box) => {
    if (!network.signals.hover.value || label.hidden) return;
    const [x, y] = placeBeside(box, label.getBoundingClientRect()).map(Math.round);
    label.style.transform = `translate(${x}px, ${y}px)`;
  };
  instance.effect(() => place(anchor.value));
  // Weights that arrive later make it larger.
  const sizes = new ResizeObserver(() => place(anchor.peek()));
  sizes.observe(label);
  instance.atEnd(() => sizes.disconnect());
}
