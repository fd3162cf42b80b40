import { once } from './once.js';
import { mapsOf } from './tensor.js';

/** @import {Tensor} from './tensor.js' */

/** Over what a colour scale's range is taken. @typedef {'map' | 'layer' | 'network'} RangeMode */

/** @param {Tensor} tensor */
function limitsOf({ shape, data }) {
  const { count, rows, columns } = mapsOf(shape);
  const size = rows * columns;
  const limits = new Float32Array(count);
  for (let c = 0, i = 0; c < count; c += 1) {
    let limit = 0;
    for (const end = i + size; i < end; i += 1) {
      const value = Math.abs(data[i]);
      if (value > limit) limit = value;
    }
    limits[c] = limit;
  }
  return limits;
}

/**
 * The largest absolute value of each map, the same array each time.
 * @type {(tensor: Tensor) => Float32Array} (C, H, W) or (n) → (C,)
 */
export const mapLimits = once(limitsOf);

/** @param {Iterable<number>} values */
export function largest(values) {
  let limit = 0;
  for (const value of values) if (value > limit) limit = value;
  return limit;
}

/**
 * The map with the smallest range and the one with the largest.
 * @param {Iterable<readonly [string, Float32Array]>} limits  layer → (C,)
 * @returns {{of: string, limit: number}[]} none of no layers
 */
export function extremes(limits) {
  const all = [...limits].flatMap(([name, values]) =>
    Array.from(values, (limit, channel) => ({ of: `${name} · ${channel}`, limit })),
  );
  const pick = (/** @type {(a: number, b: number) => boolean} */ isBetter) =>
    all.reduce((best, each) => (isBetter(each.limit, best.limit) ? each : best));
  return all.length > 0 ? [pick((a, b) => a < b), pick((a, b) => a > b)] : [];
}

/**
 * The symmetric range of every map of every layer: each goes from −limit to +limit.
 * A vector's units share one range even when each map has its own: a unit alone has no contrast.
 * @param {ReadonlyMap<string, Tensor>} layers
 * @param {RangeMode} mode
 * @param {{maps: ReadonlyMap<string, Float32Array>, whole: number}} [beside]  the limits of the maps of
 *   layers that are not here, and that of all layers, 0 where it is not known
 * @returns {Map<string, Float32Array>} layer → (C,)
 */
export function rangeLimits(layers, mode, beside = { maps: new Map(), whole: 0 }) {
  const here = [...layers].map(([name, tensor]) => {
    return { name, isVector: tensor.shape.length < 3, limits: mapLimits(tensor).slice() };
  });
  const others = [...beside.maps].filter(([name]) => !layers.has(name));
  const own = [
    ...here,
    ...others.map(([name, limits]) => ({ name, isVector: false, limits: limits.slice() })),
  ];
  const whole = Math.max(beside.whole, largest(own.map(({ limits }) => largest(limits))));
  for (const { isVector, limits } of own) {
    if (mode === 'network') limits.fill(whole);
    else if (mode === 'layer' || isVector) limits.fill(largest(limits));
  }
  return new Map(own.map(({ name, limits }) => [name, limits]));
}
