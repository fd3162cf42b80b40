import { largest } from '../core/range.js';
import { unitRow } from '../core/layers/unit_parameters.js';
import { incoming, wiringOf } from '../core/layers/wiring.js';
import { around, curve } from './edges.js';

/**
 * @import {Tensor} from '../core/tensor.js'
 * @import {Context, Graph, Station} from './edges.js'
 * @import {Theme} from './theme.js'
 */

/**
 * The middle of a map's left or right side.
 * @param {Station} station
 * @param {number} channel
 * @param {'left' | 'right'} side
 */
function port(station, channel, side) {
  const rect = station.rectOf(channel);
  if (!rect) return null;
  const x = station.left + rect.x + (side === 'right' ? rect.width : 0);
  return { x, y: station.top + rect.y + rect.height / 2 };
}

/**
 * How much each input map (unit) weighs in one output map (unit): the largest |weight|, 0…1.
 * @param {Tensor | undefined} weight  (C_out, C_in, …)
 * @param {number} channel  of the output
 * @param {number} count  input maps
 */
function shares(weight, channel, count) {
  if (!weight) return new Float32Array(count).fill(0.5);
  const own = unitRow(weight, channel);
  const each = own.length / count;
  const found = Float32Array.from({ length: count }, (_, c) =>
    largest(own.subarray(c * each, (c + 1) * each).map(Math.abs)),
  );
  const most = largest(found) || 1;
  return found.map((share) => share / most);
}

/** @param {Context} context @param {Station} station @param {number} channel */
function outline(context, station, channel) {
  const rect = station.rectOf(channel);
  if (!rect) return;
  const grow = 1;
  context.strokeRect(
    station.left + rect.x - grow,
    station.top + rect.y - grow,
    rect.width + 2 * grow,
    rect.height + 2 * grow,
  );
}

/**
 * What a layer reads: the station of each input, and what its wiring asks of it. Of a fold that is not known.
 * @param {ReadonlyMap<string, Station>} stations
 * @param {Graph} graph
 * @param {Station} target
 */
function sourcesOf(stations, graph, { layer }) {
  if (layer.fold) return [];
  const sources = graph.predecessors(layer.name);
  return incoming(sources.map(({ output_shape: shape }) => shape)).flatMap((input, index) => {
    const source = stations.get(sources[index].name);
    return source ? { source, input } : [];
  });
}

/**
 * Draws the fan of one map that reads several, each line as strong as its weight.
 * @param {Context} context
 * @param {Station} source
 * @param {import('../core/layers/wiring.js').Maps} maps
 * @param {{x: number, y: number} | null} end
 * @param {Float32Array} share
 */
function drawFan(context, source, { first, count }, end, share) {
  if (!end) return;
  const step = Math.max(1, Math.floor(count / 256));
  context.lineWidth = 1;
  for (let c = 0; c < count; c += step) {
    const start = port(source, first + c, 'right');
    if (!start) continue;
    context.globalAlpha = 0.06 + 0.6 * share[c] ** 2;
    context.beginPath();
    curve(context, start, end);
    context.stroke();
  }
  context.globalAlpha = 1;
}

/**
 * Draws the path of one map or unit: what it is made from and what it goes into.
 * @param {Context} context
 * @param {readonly Station[]} placed
 * @param {Graph} graph
 * @param {{layer: string, channel: number}} at
 * @param {(layer: string, channel: number) => Tensor | undefined} weightOf
 * @param {Theme} theme
 */
export function drawPath(context, placed, graph, at, weightOf, theme) {
  const stations = new Map(placed.map((station) => [station.layer.name, station]));
  const start = stations.get(at.layer);
  if (!start) return;
  /** @param {Station} source @param {number} map  of it @param {Station} target @param {number} reader  a map of it */
  const join = (source, map, target, reader) => {
    const [from, to] = [port(source, map, 'right'), port(target, reader, 'left')];
    context.lineWidth = 2;
    context.beginPath();
    if (placed.indexOf(target) > placed.indexOf(source) + 1)
      around(context, placed, graph, source, target);
    else if (from && to && to.x >= from.x) curve(context, from, to);
    context.stroke();
  };
  /** @param {Station} target @param {number} channel */
  const back = (target, channel) => {
    const { layer } = target;
    for (const { source, input } of sourcesOf(stations, graph, target)) {
      const maps = wiringOf(layer).reads(layer, input, channel);
      const end = port(target, channel, 'left');
      if (wiringOf(layer).isFull) {
        const weight = weightOf(layer.name, channel);
        drawFan(context, source, maps, end, shares(weight, channel, maps.count));
      } else if (maps.count === 1) {
        join(source, maps.first, target, channel);
        outline(context, source, maps.first);
        back(source, maps.first);
      }
    }
  };
  /** @param {Station} source @param {number} channel */
  const forth = (source, channel) => {
    for (const { name } of graph.successors(source.layer.name)) {
      const target = stations.get(name);
      for (const one of target ? sourcesOf(stations, graph, target) : []) {
        if (!target || one.source !== source) continue;
        const reader = wiringOf(target.layer).reader(target.layer, one.input, channel);
        if (reader === null) continue;
        join(source, channel, target, reader);
        outline(context, target, reader);
        forth(target, reader);
      }
    }
  };
  context.strokeStyle = theme.highlight;
  context.lineWidth = 2;
  outline(context, start, at.channel);
  back(start, at.channel);
  forth(start, at.channel);
}
