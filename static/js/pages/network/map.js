import { nothing } from 'lit-html';

import { scaleFor } from '../../elements/layer_scale.js';
import { neighboursOf, open, pointAt } from '../../state/network/actions.js';
import {
  activationBehind,
  detail,
  listed,
  litTerm,
  partials,
  selectedInput,
  valueAt,
} from '../../state/network/detail.js';
import { activations, limits, outline, rangeMode } from '../../state/network/store.js';
import { mapLimits } from '../../core/range.js';
import { flattenSource } from '../../core/flatten.js';
import { mapView } from '../../views/map.js';
import { mapFigures, sumFigures } from '../../views/map_model.js';
import { panelsOf } from '../../views/panels_model.js';
import { largestLimit, unitsOf } from './units.js';
import { shownChannel } from '../../views/cell_convolution.js';

/**
 * @typedef {Exclude<import('../../state/network/store.js').View, {kind: 'overview'} | {kind: 'layer'}>} MapOrCell
 * @typedef {import('../../state/network/store.js').Layer} Layer
 * @typedef {import('../../views/cell.js').Explained} Explained
 */

/** @param {string} name @param {number} channel */
const limitAt = (name, channel) => limits.value.get(name)?.[channel] ?? 0;

/** The input image's own grey scale, where the layer reads the image. @param {string} name */
export function greyOf(name) {
  if (name !== 'input') return null;
  const { mean = [0], std = [1] } = outline.value?.normalization ?? {};
  return { zero: -mean[0] / std[0], span: 1 / std[0] };
}

/**
 * The activation function's value at the explained position, where one follows.
 * @param {Explained} explained
 */
function behindOf(explained) {
  const layer = activationBehind(explained.layer.name);
  const tensor = layer && activations.value.get(layer.name);
  return layer && tensor
    ? { name: layer.name, tensor, value: valueAt(tensor, explained.position) }
    : null;
}

/** What the explained cell takes from the store, whatever it is. */
const shared = () => ({
  selectedInput: selectedInput.value,
  listed: listed.value,
  classes: outline.value?.classes ?? [],
  lit: litTerm.value,
  light: (/** @type {number | null} */ term) => void (litTerm.value = term),
  select: (/** @type {number} */ input) => void (selectedInput.value = input),
  list: (/** @type {number} */ length) => void (listed.value = length),
});

/**
 * The open map or unit.
 * @param {MapOrCell} now
 * @param {Layer} layer
 */
export function mapStage(now, layer) {
  const explained = detail.value;
  if (!explained) return nothing;
  const { channel } = now;
  const isVolume = layer.output_shape.length === 3;
  const point = (/** @type {{row: number, column: number} | null} */ cell) =>
    pointAt(cell && { layer: layer.name, channel, ...cell });
  const choose = (/** @type {{row: number, column: number}} */ cell) =>
    open({ kind: 'cell', layer: layer.name, channel, ...cell });
  const behind = behindOf(explained);
  const source = layer.inputs[0] ?? '';
  const scales = {
    limit: limitAt(layer.name, channel),
    inputLimit:
      isVolume && layer.kind !== 'Conv2d' ? limitAt(source, channel) : largestLimit(source),
    grey: greyOf(source),
  };
  const parts = partials.value;
  const shown =
    explained.trace?.kind === 'Conv2d' ? shownChannel(explained.trace, selectedInput.value) : -1;
  return mapView({
    neighbours: neighboursOf(layer.name),
    title: isVolume ? `${layer.name} · map ${channel}` : unitName(layer, channel),
    cell: { ...shared(), ...scales, explained, isPinned: now.kind === 'cell', behind },
    panels: parts
      ? panelsOf(explained, parts, (colours) => scaleFor(source, colours), shown)
      : null,
    figures: figuresOf(),
    mode: rangeMode.value,
    reach: isVolume ? mapLimits(explained.output)[channel] : 0,
    units: isVolume ? nothing : unitsOf(layer, channel),
    pointPanel: (at) => {
      if (at?.row === null || at?.column === null || !at) point(null);
      else point({ row: at.row, column: at.column });
    },
    choosePanel: (at) => {
      selectedInput.value = at.input;
      if (at.row !== null && at.column !== null) choose({ row: at.row, column: at.column });
    },
  });

  function figuresOf() {
    if (!explained) return [];
    if (parts) return sumFigures(explained, parts, behind, scales, point, choose);
    if (isVolume) return mapFigures(explained, scales, point, choose);
    return layer.kind === 'Flatten' ? flattenFigures(explained, scales.inputLimit) : [];
  }
}

/**
 * @param {Layer} layer
 * @param {number} unit
 */
function unitName(layer, unit) {
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
