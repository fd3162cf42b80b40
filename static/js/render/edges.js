import { wiringOf } from '../core/layers/wiring.js';

/** @import {Theme} from './theme.js' */

/**
 * Where a layer stands in the picture, CSS px, and how to find one of its maps.
 * @typedef {import('../core/layers/wiring.js').WiredLayer & {readonly name: string,
 *   readonly inputs: readonly string[], readonly fold?: {readonly joins: number, readonly equal: number}}} Layer
 * @typedef {object} Station
 * @property {Layer} layer
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {(channel: number) => {x: number, y: number, width: number, height: number} | null} rectOf
 *
 * @typedef {import('../core/graph.js').Graph<Layer>} Graph
 * @typedef {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} Context
 */

/** Lines of one bundle. */
const LINES = 16;
/** How far below all it passes an edge runs, CSS px; of several, how far from each other. */
const [BELOW_PX, APART_PX] = [4, 2];
/** What lies behind a fold's maps is seen so far below them. */
const BEHIND_PX = 7;
/** The arcs below a fold in which ways join: at most so many, so wide and deep. */
const ARCS = { most: 4, wide: 14, deep: 5 };

/** What of the picture is drawn, from left to right, CSS px. @typedef {{left: number, right: number}} Sight */

/** @param {Context} context @param {{x: number, y: number}} from @param {{x: number, y: number}} to */
export function curve(context, from, to) {
  const middle = (from.x + to.x) / 2;
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
}

/**
 * Draws faintly what feeds what: a bundle between neighbours, and below what it passes an edge that
 * leads further.
 * @param {Context} context
 * @param {readonly Station[]} stations
 * @param {Graph} graph
 * @param {Theme} theme
 * @param {Sight} sight
 */
export function drawBundles(context, stations, graph, theme, sight) {
  const places = new Map(stations.map((station) => [station.layer.name, station]));
  context.strokeStyle = theme.ink3;
  for (const { source, target, isNext } of graph.edges) {
    const [from, to] = [places.get(source.name), places.get(target.name)];
    if (!from || !to || from.left > sight.right || to.left + to.width < sight.left) continue;
    context.beginPath();
    context.lineWidth = 1.25;
    context.globalAlpha = 0.75;
    if (isNext) bundle(context, from, to);
    else around(context, stations, graph, from, to);
    context.stroke();
  }
  for (const station of stations) if (station.layer.fold?.joins) arcs(context, station);
  context.globalAlpha = 1;
}

/** An arc below a fold for each place in it where ways join. @param {Context} context @param {Station} station */
function arcs(context, station) {
  const { layer, left, width } = station;
  const count = Math.min(layer.fold?.joins ?? 0, ARCS.most);
  const y = foot(station) + 1;
  context.beginPath();
  context.lineWidth = 1.25;
  context.globalAlpha = 0.9;
  for (let each = 0; each < count; each += 1) {
    const middle = left + (width * (each + 0.5)) / count;
    const half = Math.min(ARCS.wide, width / count - 2) / 2;
    context.moveTo(middle - half, y);
    context.quadraticCurveTo(middle, y + 2 * ARCS.deep, middle + half, y);
  }
  context.stroke();
}

/** @param {Context} context @param {Station} source @param {Station} target */
function bundle(context, source, target) {
  const [from, to] = [source.left + source.width, target.left];
  if (to <= from) return;
  const isFull = Boolean(target.layer.fold) || (wiringOf(target.layer).isFull ?? false);
  context.lineWidth = 0.75;
  context.globalAlpha = isFull ? 0.15 : 0.75;
  for (let a = 0; a < LINES; a += 1) {
    const y = source.top + (source.height * (a + 0.5)) / LINES;
    for (let b = isFull ? 0 : a; b < (isFull ? LINES : a + 1); b += 1) {
      const end = target.top + (target.height * (b + 0.5)) / LINES;
      curve(context, { x: from + 1, y }, { x: to - 1, y: end });
    }
  }
}

/** Where a layer's picture ends. @param {Station} station */
const foot = ({ layer, top, height }) => top + height + (layer.fold ? BEHIND_PX : 0);

/**
 * An edge that leads past layers, from the foot of its source to the foot of its target.
 * @param {Context} context
 * @param {readonly Station[]} stations
 * @param {Graph} graph
 * @param {Station} source
 * @param {Station} target
 */
export function around(context, stations, graph, source, target) {
  const lane = graph.edges
    .filter(({ isNext }) => !isNext)
    .findIndex((edge) => edge.source === source.layer && edge.target === target.layer);
  const passed = stations.slice(stations.indexOf(source), stations.indexOf(target) + 1);
  const y = Math.max(...passed.map(foot)) + BELOW_PX + APART_PX * (lane % 3);
  const [from, to] = [source.left + source.width / 2, target.left + target.width / 2];
  context.moveTo(from, foot(source) + 1);
  context.arcTo(from, y, to, y, 4);
  context.arcTo(to, y, to, foot(target), 4);
  context.lineTo(to, foot(target) + 1);
}
