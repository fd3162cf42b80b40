/**
 * Where a layer stands in the picture, CSS px, and how to find one of its maps.
 * @typedef {object} Station
 * @property {string} name
 * @property {string} kind
 * @property {readonly number[]} shape
 * @property {number} left
 * @property {number} top
 * @property {number} width
 * @property {number} height
 * @property {(channel: number) => {x: number, y: number, width: number, height: number} | null} rectOf
 *
 * @typedef {import('./theme.js').Theme} Theme
 * @typedef {import('../core/tensor.js').Tensor} Tensor
 */

/** Kinds whose every output map (unit) reads every map (unit) of their input. */
export const FULL = new Set(['Conv2d', 'Linear', 'Softmax']);

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: number, y: number}} from
 * @param {{x: number, y: number}} to
 */
export function curve(context, from, to) {
  const middle = (from.x + to.x) / 2;
  context.moveTo(from.x, from.y);
  context.bezierCurveTo(middle, from.y, middle, to.y, to.x, to.y);
}

/**
 * Draws faintly, between neighbouring layers, what feeds what.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Station[]} stations  in data order
 * @param {Theme} theme
 */
export function drawBundles(context, stations, theme) {
  context.lineWidth = 0.75;
  context.strokeStyle = theme.ink3;
  for (let i = 1; i < stations.length; i += 1) {
    const [source, target] = [stations[i - 1], stations[i]];
    const [from, to] = [source.left + source.width, target.left];
    if (to <= from) continue;
    const isFull = FULL.has(target.kind);
    const lines = 16;
    context.globalAlpha = isFull ? 0.15 : 0.75;
    context.beginPath();
    for (let a = 0; a < lines; a += 1) {
      const y = source.top + (source.height * (a + 0.5)) / lines;
      for (let b = isFull ? 0 : a; b < (isFull ? lines : a + 1); b += 1) {
        const end = target.top + (target.height * (b + 0.5)) / lines;
        curve(context, { x: from + 1, y }, { x: to - 1, y: end });
      }
    }
    context.stroke();
  }
  context.globalAlpha = 1;
}
