/**
 * @import {Mark} from '../core/training/marks.js'
 * @import {Theme} from './theme.js'
 *
 * A level to compare with; `dash`: of its line, CSS px.
 * @typedef {{value: number, text: string, dash: readonly number[]}} Level
 *
 * Where a plot lies on its canvas, in device pixels.
 * @typedef {{left: number, top: number, width: number, height: number}} Box
 *
 * @typedef {object} Plot
 * @property {CanvasRenderingContext2D} context
 * @property {Box} box
 * @property {number} scale  device pixels a CSS px
 * @property {(step: number) => number} x  where a step lies
 * @property {(value: number) => number} y
 */

/** @param {CanvasRenderingContext2D} context @param {readonly [number, number]} from @param {readonly [number, number]} to */
function stroke(context, from, to) {
  context.beginPath();
  context.moveTo(...from);
  context.lineTo(...to);
  context.stroke();
}

/** Levels to compare with, as lines whose dashes the legend names. @param {Plot} plot @param {readonly Level[]} levels @param {Theme} theme */
export function drawLevels({ context, box, scale, y }, levels, theme) {
  context.save();
  context.lineWidth = 1.25 * scale;
  context.strokeStyle = theme.ink2;
  for (const { value, dash } of levels) {
    const at = y(value);
    if (!(at >= box.top && at <= box.top + box.height)) continue;
    context.setLineDash(dash.map((length) => length * scale));
    stroke(context, [box.left, at], [box.left + box.width, at]);
  }
  context.restore();
}

/** The sign of a mark around a point. @param {CanvasRenderingContext2D} context @param {Mark['kind']} kind @param {number} x @param {number} y @param {number} r */
function sign(context, kind, x, y, r) {
  context.beginPath();
  if (kind === 'best') context.arc(x, y, r, 0, 2 * Math.PI);
  else if (kind === 'lr_reduced') {
    context.moveTo(x - r, y - r);
    context.lineTo(x + r, y - r);
    context.lineTo(x, y + r);
  } else context.rect(x - r, y - r, 2 * r, 2 * r);
  context.fill();
}

/** What happened, as signs above the plot, most with a dashed line down. @param {Plot} plot @param {readonly Mark[]} marks @param {Theme} theme */
export function drawMarks({ context, box, scale, x }, marks, theme) {
  context.save();
  context.lineWidth = scale;
  context.strokeStyle = theme.ink3;
  context.fillStyle = theme.ink2;
  context.setLineDash([4 * scale, 3 * scale]);
  for (const { kind, step } of marks) {
    const at = x(step);
    if (at > box.left + box.width + 1) continue;
    if (kind !== 'best') stroke(context, [at, box.top], [at, box.top + box.height]);
    sign(context, kind, at, box.top, 3.5 * scale);
  }
  context.restore();
}
