import { nothing } from 'lit-html';

import { partNote } from '../../core/encoding.js';
import { valueAt } from '../../core/layers/place.js';
import { kindOf } from '../../core/layers/registry.js';
import { wiringOf } from '../../core/layers/wiring.js';
import { largest, mapLimits } from '../../core/range.js';
import { neighboursOf } from '../../state/network/actions.js';
import { activationBehind } from '../../state/network/detail.js';
import { shownChannel } from '../../views/layers/conv2d.js';
import { viewOf } from '../../views/layers/registry.js';
import { mapView } from '../../views/map.js';
import { mapFigures } from '../../views/map_figures.js';
import { panelsOf } from '../../views/panels_model.js';
import { LISTED } from '../../views/sums.js';
import { coloursOf, greyOf } from './scales.js';
import { largestLimit, unitsOf } from './units.js';

/**
 * @import {WindowTrace} from '../../core/layers/window.js'
 * @import {Detail} from '../../state/network/detail.js'
 * @import {Network} from '../../state/network/network.js'
 * @import {Layer, View} from '../../state/network/store.js'
 * @import {Explained} from '../../views/cell.js'
 * @import {PanelPlace} from '../../views/map.js'
 * @typedef {Extract<View, {channel: number}>} MapOrCell
 */

/**
 * The activation function behind the explained layer, where one follows.
 * @param {Network} network
 * @param {Explained} explained
 */
function behindOf({ signals }, explained) {
  const layer = activationBehind(signals, explained.layer.name);
  const tensor = layer && signals.activations.value.get(layer.name);
  const written = layer && kindOf(layer).activation;
  if (!layer || !tensor || !written) return null;
  const { name, kind } = layer;
  const how = (/** @type {string} */ value) => written(value, layer);
  return { name, kind, tensor, how, value: valueAt(tensor, explained.position) };
}

/** What the explained cell shows, whatever it is. @param {Network} network @param {Detail} detail */
const cellModel = ({ signals }, { selectedInput, listed, litTerm }) => ({
  selectedInput: selectedInput.value,
  listed: listed.value || LISTED,
  classes: signals.outline.value?.classes ?? [],
  lit: litTerm.value,
  light: (/** @type {number | null} */ term) => void (litTerm.value = term),
  select: (/** @type {number} */ input) => void (selectedInput.value = input),
  list: (/** @type {number} */ length) => void (listed.value = length),
});

/** The open map or unit. @param {Network} network @param {Detail} detail @param {MapOrCell} now @param {Layer} layer */
export function mapStage(network, detail, now, layer) {
  const { signals, actions } = network;
  const explained = detail.detail.value;
  if (!explained) return nothing;
  const { channel } = now;
  const isVolume = layer.output_shape.length === 3;
  const point = (/** @type {{row: number, column: number} | null} */ cell) =>
    actions.pointAt(cell && { layer: layer.name, channel, ...cell });
  const choose = (/** @type {{row: number, column: number}} */ cell) =>
    actions.open({ kind: 'cell', layer: layer.name, channel, ...cell });
  const limitAt = (/** @type {string} */ name, /** @type {number} */ of) =>
    signals.limits.value.get(name)?.[of] ?? 0;
  const behind = behindOf(network, explained);
  const { sources, trace } = explained;
  const isMapByMap = isVolume && !wiringOf(layer).isFull;
  const ranges = sources.map(({ name }) =>
    isMapByMap ? limitAt(name, channel) : largestLimit(network, name),
  );
  const partials = detail.partials.value;
  const { selectedInput } = detail;
  const seen = detail.seen.value;
  const shown =
    partials && trace ? shownChannel(/** @type {WindowTrace} */ (trace), selectedInput.value) : -1;
  const [source] = sources;
  const panels =
    partials && source ? panelsOf(explained, partials, coloursOf(network)(source), shown) : null;
  const scales = { limitAt, greyOf: greyOf(network) };
  const figures = { explained, ...scales, partials, behind, point, choose };
  const model = {
    neighbours: neighboursOf(signals, layer.name),
    title: titleOf(network, layer, channel),
    cell: {
      ...cellModel(network, detail),
      greyOf: scales.greyOf,
      limit: limitAt(layer.name, channel),
      inputLimit: largest(ranges),
      explained,
      isPinned: now.kind === 'cell',
      isExact: signals.forward.value?.isExact ?? false,
      seen: seen?.field() ?? nothing,
      behind,
    },
    panels,
    figures: (viewOf(layer).figures ?? mapFigures)(figures),
    mode: signals.rangeMode.value,
    reach: isVolume ? mapLimits(explained.output)[channel] : 0,
    units: isVolume ? nothing : unitsOf(network, layer, channel),
    patches: seen?.patches(layer, channel) ?? nothing,
    pointPanel: (/** @type {PanelPlace | null} */ at) => {
      if (at?.row === null || at?.column === null || !at) point(null);
      else point({ row: at.row, column: at.column });
    },
    choosePanel: (/** @type {PanelPlace} */ at) => {
      selectedInput.value = at.input;
      if (at.row !== null && at.column !== null) choose({ row: at.row, column: at.column });
    },
  };
  return mapView(model, actions);
}

/** What a map or a unit is called. @param {Network} network @param {Layer} layer @param {number} channel */
function titleOf({ signals: { outline } }, layer, channel) {
  const isVolume = layer.output_shape.length === 3;
  const { classes = [] } = outline.value ?? {};
  if (!isVolume && wiringOf(layer).isShare)
    return `${layer.name} · class ${classes[channel] ?? channel}`;
  const noun = isVolume ? 'map' : 'unit';
  return `${layer.name} · ${noun} ${channel}${partNote(layer, channel)}`;
}
