import { count as countText } from '../core/number.js';

/**
 * @import {Place} from '../core/training/moments.js'
 * @import {Theme} from './theme.js'
 */

/** CSS px: how high the marks of moments stand, and where names stand. */
const HEIGHT = { track: 16, early: 5, epoch: 9, name: 36 };
/** CSS px between two names at least. */
const NAME_GAP = 26;

/** @param {CanvasRenderingContext2D} context @param {number} from @param {number} to @param {number} y */
function level(context, from, to, y) {
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to, y);
  context.stroke();
}

/** What stands below a moment: steps within the first epoch, then epochs. @param {Place} place */
const nameOf = ({ epoch, step }) => (epoch === 0 ? `step ${countText(step)}` : String(epoch));

/** The names that have room beside each other, the last first. @param {CanvasRenderingContext2D} context @param {readonly Place[]} places @param {(share: number) => number} x @param {Theme} theme */
function drawNames(context, places, x, theme) {
  context.font = '11px Inter, system-ui, sans-serif';
  context.fillStyle = theme.ink2;
  context.textAlign = 'center';
  let [left, isFirst] = [Infinity, true];
  for (const place of places.toReversed()) {
    const isEdge = place.epoch > 0 || place.step === 0;
    if (!isEdge) continue;
    const text = isFirst && place.epoch > 0 ? `epoch ${place.epoch}` : nameOf(place);
    const half = context.measureText(text).width / 2;
    const at = Math.max(half, Math.min(x(1) + 8 - half, x(place.share)));
    if (at + half > left - 8) continue;
    context.fillText(text, at, HEIGHT.name);
    left = Math.min(at - half, at - NAME_GAP / 2);
    isFirst = false;
  }
}

/**
 * The line of moments: a mark for each, as far as the run has come; behind it what is still to come.
 * @param {CanvasRenderingContext2D} context  in CSS px
 * @param {readonly Place[]} places
 * @param {(share: number) => number} x  where a share of the line lies
 * @param {Theme} theme
 */
export function drawMomentLine(context, places, x, theme) {
  const y = HEIGHT.track;
  const last = places.at(-1)?.share ?? 0;
  context.lineWidth = 2;
  context.strokeStyle = theme.lineStrong;
  context.setLineDash([2, 4]);
  level(context, x(last), x(1), y);
  context.setLineDash([]);
  context.strokeStyle = theme.ink2;
  level(context, x(0), x(last), y);
  context.lineWidth = 1;
  for (const { share, epoch } of places) {
    const high = epoch === 0 ? HEIGHT.early : HEIGHT.epoch;
    context.beginPath();
    context.moveTo(x(share), y - high / 2);
    context.lineTo(x(share), y + high / 2);
    context.stroke();
  }
  const best = places.findLast((place) => place.best);
  if (best) {
    context.fillStyle = theme.ink2;
    context.beginPath();
    context.arc(x(best.share), y - HEIGHT.epoch, 3, 0, 2 * Math.PI);
    context.fill();
  }
  drawNames(context, places, x, theme);
}
