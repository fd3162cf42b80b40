import '../../elements/channel_panels.js';
import '../../elements/drawn_picture.js';
import '../../elements/kernel_wall.js';
import '../../elements/layer_maps.js';
import '../../elements/layer_search.js';
import '../../elements/math_formula.js';
import '../../elements/unit_grid.js';
import '../../elements/value_grid.js';
import { nothing } from 'lit-html';

import { piecesOnPaper } from '../../core/drawing/pieces.js';
import { ZOOMS, neighboursOf } from '../../state/network/actions.js';
import { layerNamed } from '../../state/network/store.js';
import { stateText } from '../../state/network/text.js';
import { flowBar } from '../../views/flow_bar.js';
import { flowPrediction, flowRemark, zoomTools } from '../../views/flow_tools.js';
import { layerView } from '../../views/layer.js';
import { piecesView } from '../../views/pieces.js';
import { carryDrawing } from '../common/carry_drawing.js';
import { showDevice } from '../common/device.js';
import { startShare } from '../common/share.js';
import { mapStage } from './map.js';
import { paperCrop } from './paper_tools.js';
import { coloursOf } from './scales.js';
import { largestLimit, unitLookedAt, weightsOfUnit } from './units.js';
import { whyButtonOf, whyPlace } from './why_place.js';

/**
 * @import {Detail} from '../../state/network/detail.js'
 * @import {Network} from '../../state/network/network.js'
 */

/** In fewer layers nobody searches. */
const SEARCHED_FROM = 16;

/** Brings the header to life, once the first picture stands. @param {import('../../state/network/network.js').Network} network */
export function startHeader(network) {
  startShare(() => stateText(network));
  void showDevice();
  carryDrawing();
}

export { createDetail } from '../../state/network/detail.js';
export { ledger } from '../../views/ledger.js';
export { startLate } from './after_first_picture.js';

/** What is open: a layer, a map, a cell, or why. @param {Network} network @param {Detail} detail */
export function detailTemplate(network, detail) {
  const { signals, actions } = network;
  const now = signals.view.value;
  if (now.kind === 'why') return whyPlace(network);
  const layer = 'layer' in now && layerNamed(signals, now.layer);
  if (now.kind === 'overview' || !layer || !signals.forward.value) return nothing;
  if (now.kind !== 'layer') return mapStage(network, detail, now, layer);
  const at = signals.hover.value;
  const looked = detail.lookedAt.value;
  const of = signals.network.value;
  const isLookedAt = looked?.network === of && looked.layer === layer.name;
  const kernel = isLookedAt ? looked : { filter: 0, input: 0 };
  const filter = at?.layer === layer.name ? at.channel : kernel.filter;
  const kernels = detail.kernels.value;
  const isVolume = layer.output_shape.length === 3;
  const model = {
    layer,
    neighbours: neighboursOf(signals, layer.name),
    tensor: signals.activations.value.get(layer.name),
    small: signals.forward.value.small?.get(layer.name)?.picture,
    limit: largestLimit(network, layer.name),
    weights: signals.weights.value.get(layer.name),
    mode: signals.rangeMode.value,
    filter,
    patches:
      detail.seen.value?.patches(layer, isVolume ? filter : unitLookedAt(network, layer)) ??
      nothing,
    kernel,
    look: (/** @type {{filter: number, input: number}} */ found) =>
      void (detail.lookedAt.value = { network: of, layer: layer.name, ...found }),
    listed: kernels?.layer === layer.name ? kernels.listed : 0,
    list: (/** @type {number} */ listed) =>
      void (detail.kernels.value = { layer: layer.name, listed }),
    unitWeights: weightsOfUnit(network, layer),
    classes: signals.outline.value?.classes ?? [],
    colours: coloursOf(network)(layer),
  };
  return layerView(model, actions);
}

/** What stands between the network, or what is open of it, and the ledger. @param {Network} network @param {Detail} detail */
export const below = ({ actions }, { depth, chart, reach }) => [
  reach.value?.told() ?? nothing,
  depth.value ? depth.value.depthChartView(chart.value, actions) : nothing,
];

/** What lies over the paper: pieces of ink, or what of a photograph is read. @param {Network} network */
export function paperPieces(network) {
  const { forward, preparation } = network.signals;
  const pieces = piecesOnPaper(forward.value?.document);
  return [piecesView(pieces, preparation.value.piece, network.actions), paperCrop(network)];
}

/** What stands above a deep network. @param {Network} network */
function barOf({ signals: { deep, folded, outline, unfolded }, actions }) {
  const layers = outline.value?.layers ?? [];
  if (!deep.value || layers.length < SEARCHED_FROM) return nothing;
  const { columns, brackets } = folded.value;
  const isFolding = brackets.length > 0 || columns.some(({ fold }) => fold);
  const isUnfolded = unfolded.value.size > 0;
  return flowBar({ layers, columns: columns.length, isFolding, isUnfolded }, actions);
}

/**
 * What stands beside the network: how to move over it, or what it sees.
 * @param {Network} network
 * @param {import('./instance.js').Told} told
 */
export function flowTools(network, { prediction, remark }) {
  const { signals, actions } = network;
  const { isBlank, isUnnamed, outline, outputLayer, view, zoom } = signals;
  const [bar, why] = [barOf(network), whyButtonOf(network, prediction)];
  const outputs = outputLayer.value ? [] : outline.value?.outputs;
  const beside = isBlank.value ? nothing : flowRemark(remark, outputs, actions.open);
  if (view.value.kind === 'overview') {
    const [first, last] = [ZOOMS[0], ZOOMS[ZOOMS.length - 1]];
    const ends = { isFirst: zoom.value <= first, isLast: zoom.value >= last };
    return [bar, zoomTools(ends, why, actions), beside];
  }
  const isSeen = prediction && !isBlank.value && !isUnnamed.value;
  return [bar, isSeen ? flowPrediction(prediction, why) : nothing, beside];
}
