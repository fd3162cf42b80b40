import { nothing } from 'lit-html';

import { flattenSource } from '../../core/flatten.js';
import { mapLimits } from '../../core/range.js';
import { neighboursOf } from '../../state/network/actions.js';
import { activationBehind, valueAt } from '../../state/network/detail.js';
import { shownChannel } from '../../views/cell_convolution.js';
import { mapView } from '../../views/map.js';
import { mapFigures, sumFigures } from '../../views/map_model.js';
import { panelsOf } from '../../views/panels_model.js';
import { LISTED } from '../../views/sums.js';
import { coloursOf, greyOf } from './scales.js';
import { largestLimit, unitsOf } from './units.js';

/**
 * @typedef {Exclude<import('../../state/network/store.js').View, {kind: 'overview'} | {kind: 'layer'}>} MapOrCell
 * @typedef {import('../../state/network/network.js').Network} Network
 * @typedef {import('../../state/network/detail.js').Detail} Detail
 * @typedef {import('../../state/network/store.js').Layer} Layer
 * @typedef {import('../../views/cell.js').Explained} Explained
 */

/**
 * The activation function's value at the explained position, where one follows.
 * @param {Network} network
 * @param {Explained} explained
 */
function behindOf({ signals }, explained) {
  const layer = activationBehind(signals, explained.layer.name);
  const tensor = layer && signals.activations.value.get(layer.name);
  return layer && tensor
    ? { name: layer.name, tensor, value: valueAt(tensor, explained.position) }
    : null;
}

/**
 * What the explained cell shows, whatever it is.
 * @param {Network} network
 * @param {Detail} detail
 */
const cellModel = ({ signals }, { selectedInput, listed, litTerm }) => ({
  selectedInput: selectedInput.value,
  listed: listed.value || LISTED,
  classes: signals.outline.value?.classes ?? [],
  lit: litTerm.value,
  light: (/** @type {number | null} */ term) => void (litTerm.value = term),
  select: (/** @type {number} */ input) => void (selectedInput.value = input),
  list: (/** @type {number} */ length) => void (listed.value = length),
});

/**
 * The open map or unit.
 * @param {Network} network
 * @param {Detail} detail
 * @param {MapOrCell} now
 * @param {Layer} layer
 */
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
  const limitAt = (/** @type {string} */ name) => signals.limits.value.get(name)?.[channel] ?? 0;
  const behind = behindOf(network, explained);
  const source = layer.inputs[0] ?? '';
  const scales = {
    limit: limitAt(layer.name),
    inputLimit:
      isVolume && layer.kind !== 'Conv2d' ? limitAt(source) : largestLimit(network, source),
    grey: greyOf(network)(source),
  };
  const parts = detail.partials.value;
  const { selectedInput } = detail;
  const shown =
    explained.trace?.kind === 'Conv2d' ? shownChannel(explained.trace, selectedInput.value) : -1;
  const panels =
    parts && explained.source
      ? panelsOf(explained, parts, coloursOf(network)(explained.source), shown)
      : null;
  const figuresOf = () => {
    if (parts) return sumFigures(explained, parts, behind, scales, point, choose);
    if (isVolume) return mapFigures(explained, scales, point, choose);
    return layer.kind === 'Flatten' ? flattenFigures(explained, scales.inputLimit) : [];
  };
  const model = {
    neighbours: neighboursOf(signals, layer.name),
    title: isVolume ? `${layer.name} · map ${channel}` : unitName(network, layer, channel),
    cell: {
      ...cellModel(network, detail),
      ...scales,
      explained,
      isPinned: now.kind === 'cell',
      behind,
    },
    panels,
    figures: figuresOf(),
    mode: signals.rangeMode.value,
    reach: isVolume ? mapLimits(explained.output)[channel] : 0,
    units: isVolume ? nothing : unitsOf(network, layer, channel),
    pointPanel: (/** @type {import('../../views/map.js').PanelPlace | null} */ at) => {
      if (at?.row === null || at?.column === null || !at) point(null);
      else point({ row: at.row, column: at.column });
    },
    choosePanel: (/** @type {import('../../views/map.js').PanelPlace} */ at) => {
      selectedInput.value = at.input;
      if (at.row !== null && at.column !== null) choose({ row: at.row, column: at.column });
    },
  };
  return mapView(model, actions);
}

/**
 * @param {Network} network
 * @param {Layer} layer
 * @param {number} unit
 */
function unitName({ signals: { outline } }, layer, unit) {
  return `${layer.name} · ${layer.kind === 'Softmax' ? `class ${outline.value?.classes[unit] ?? unit}` : `unit ${unit}`}`;
}

/**
 * The map a flattened value comes from.
 * @param {Explained} explained
 * @param {number} inputLimit
 */
function flattenFigures({ layer, position, input }, inputLimit) {
  if (!input) return [];
  const { channel, row, column } = flattenSource(input.shape, position.channel);
  const [, rows, columns] = input.shape;
  const values = input.data.subarray(channel * rows * columns, (channel + 1) * rows * columns);
  const title = `${layer.inputs[0]} · map ${channel}`;
  const cell = Math.max(4, Math.floor(240 / Math.max(rows, columns)));
  const grid = {
    values,
    rows,
    columns,
    cell,
    limit: inputLimit,
    isNumbered: true,
    cursor: { row, column },
  };
  return [
    {
      title,
      label: `${title}, row ${row}, column ${column} outlined`,
      grid: { ...grid, palette: /** @type {const} */ ('activation') },
    },
  ];
}
