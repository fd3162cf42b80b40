import { extremes, largest } from '../../core/range.js';
import { legend } from '../../views/legend.js';

/** @import {Network} from '../../state/network/network.js' */

/** The limit of every layer in sight that has one range for all its maps. @param {Network} network */
const layerLimits = ({ signals: { folded, limits, outputLayer } }) =>
  folded.value.columns.flatMap(({ name }) => {
    const values = limits.value.get(name);
    const isOne = values && name !== 'input' && name !== outputLayer.value;
    return isOne ? { name, limit: largest(values) } : [];
  });

/**
 * The maps with the smallest and the largest range, of the open layer or of all. Units share one.
 * @param {Network} network
 * @param {string | null} layer
 */
const widthsOfMaps = ({ signals: { activations, limits } }, layer) =>
  extremes(
    [...limits.value].filter(
      ([name]) =>
        name !== 'input' &&
        (layer ? name === layer : activations.value.get(name)?.shape.length === 3),
    ),
  );

/** What the printed range belongs to: what is under the pointer or open, else the widest. @param {Network} network */
function legendModel(network) {
  const { activations, focus, limits, outputLayer, rangeMode, view } = network.signals;
  const mode = rangeMode.value;
  const layers = layerLimits(network);
  const now = view.value;
  const at = focus.value ?? (now.kind === 'map' ? now : null);
  const layer = at?.layer ?? (now.kind === 'layer' ? now.layer : null);
  const own = layer && layer !== 'input' ? limits.value.get(layer) : undefined;
  const isVolume = !layer || activations.value.get(layer)?.shape.length === 3;
  if (mode === 'map' && !at && isVolume)
    return { mode, layers, limit: 0, of: 'each map its own', maps: widthsOfMaps(network, layer) };
  if (layer && layer === outputLayer.value)
    return { mode, layers, limit: 1, of: layer, isInk: true };
  if (own && layer) {
    const isMap = mode === 'map' && at && isVolume;
    return {
      mode,
      layers,
      limit: isMap ? own[at.channel] : largest(own),
      of: isMap ? `${layer} · map ${at.channel}` : mode === 'network' ? 'whole network' : layer,
    };
  }
  const limit = largest(layers.map((each) => each.limit));
  const widest = layers.find((each) => each.limit === limit)?.name ?? '';
  return { mode, layers, limit, of: mode === 'network' ? 'whole network' : `widest: ${widest}` };
}

/** Keeps the lower panel in step: what the colours span. @param {import('./instance.js').NetworkInstance} instance */
export function startLegend(instance) {
  const { network } = instance;
  instance.render(
    () => legendModel(network),
    (model) => legend(model, network.actions),
    instance.place('legend'),
    instance.afterPicture,
  );
}
