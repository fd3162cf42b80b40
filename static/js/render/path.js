import { largest } from '../core/range.js';
import { mapsOf } from '../core/tensor.js';
import { FULL, curve } from './edges.js';

/**
 * @typedef {import('./edges.js').Station} Station
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {import('../core/tensor.js').Tensor} Tensor
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
 * The channel of `target` that reads channel c of `source` alone, or null where every one does.
 * @param {Station} source
 * @param {Station} target
 * @param {number} channel
 */
function onlyReader(source, target, channel) {
  if (FULL.has(target.kind)) return null;
  if (target.kind !== 'Flatten') return channel;
  const { rows, columns } = mapsOf(source.shape);
  return channel * rows * columns + ((rows * columns) >> 1);
}

/**
 * The channel of `source` that channel c of `target` reads alone, or null where it reads all.
 * @param {Station} source
 * @param {Station} target
 * @param {number} channel
 */
function onlySource(source, target, channel) {
  if (FULL.has(target.kind)) return null;
  if (target.kind !== 'Flatten') return channel;
  const { rows, columns } = mapsOf(source.shape);
  return Math.floor(channel / (rows * columns));
}

/**
 * How much each input map (unit) weighs in one output map (unit): the largest |weight|, 0…1.
 * @param {Tensor | undefined} weight  (C_out, C_in, …)
 * @param {number} channel  of the output
 * @param {number} count  input maps
 */
function shares(weight, channel, count) {
  if (!weight) return new Float32Array(count).fill(0.5);
  const each = weight.data.length / weight.shape[0] / count;
  const start = channel * each * count;
  const found = Float32Array.from({ length: count }, (_, c) =>
    largest(weight.data.subarray(start + c * each, start + (c + 1) * each).map(Math.abs)),
  );
  const most = largest(found) || 1;
  return found.map((share) => share / most);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Station} station
 * @param {number} channel
 */
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
 * Draws the fan of one full connection, each line as strong as its weight.
 * @param {CanvasRenderingContext2D} context
 * @param {{source: Station, target: Station, channel: number, weight: Tensor | undefined}} fan
 */
function drawFan(context, { source, target, channel, weight }) {
  const { count } = mapsOf(source.shape);
  const step = Math.max(1, Math.floor(count / 256));
  const share = shares(weight, channel, count);
  const end = port(target, channel, 'left');
  if (!end) return;
  for (let c = 0; c < count; c += step) {
    const start = port(source, c, 'right');
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
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Station[]} stations  in data order
 * @param {{layer: string, channel: number}} at
 * @param {(layer: string) => Tensor | undefined} weightOf
 * @param {Theme} theme
 */
export function drawPath(context, stations, at, weightOf, theme) {
  const index = stations.findIndex((station) => station.name === at.layer);
  if (index < 0) return;
  context.strokeStyle = theme.highlight;
  context.lineWidth = 2;
  outline(context, stations[index], at.channel);
  let channel = at.channel;
  for (let i = index; i > 0; i -= 1) {
    const [source, target] = [stations[i - 1], stations[i]];
    const from = onlySource(source, target, channel);
    if (from === null) {
      context.lineWidth = 1;
      drawFan(context, { source, target, channel, weight: weightOf(target.name) });
      break;
    }
    join(context, port(source, from, 'right'), port(target, channel, 'left'));
    outline(context, source, from);
    channel = from;
  }
  channel = at.channel;
  context.lineWidth = 2;
  for (let i = index; i + 1 < stations.length; i += 1) {
    const [source, target] = [stations[i], stations[i + 1]];
    const to = onlyReader(source, target, channel);
    if (to === null) break;
    join(context, port(source, channel, 'right'), port(target, to, 'left'));
    outline(context, target, to);
    channel = to;
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number} | null} from
 * @param {{x: number, y: number} | null} to
 */
function join(context, from, to) {
  if (!from || !to || to.x < from.x) return;
  context.beginPath();
  curve(context, from, to);
  context.stroke();
}
