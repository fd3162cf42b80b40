// The charts of a run as one SVG.

import { logTicks, tickText } from './tick.js';

/**
 * @import {Line, Scale} from './charts.js'
 *
 * A chart to be drawn; `colours`: of its lines; `range`: of its values where it does not follow from them.
 * @typedef {{title: string, lines: readonly Line[], colours: readonly string[], scale: Scale,
 *   range: readonly [number, number] | null, tick: (value: number) => string}} Drawn
 *
 * @typedef {{steps: number, unit: 'epoch' | 'step', stepsPerUnit: number, title: string,
 *   paper: string, ink: string, faint: string}} Page
 */

/** Of a chart, in px: its size, and the room at its edges. */
const CHART = { width: 560, height: 300, left: 64, right: 16, top: 48, bottom: 32 };
const HEAD = 40;
/** A line has no more points than it can show. */
const MOST_POINTS = 1600;

/** @param {number} value */
const px = (value) => String(Math.round(10 * value) / 10);

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** Whether a value can be drawn. @param {number | null} value @param {Scale} scale @returns {value is number} */
const isDrawn = (value, scale) =>
  value !== null && Number.isFinite(value) && (scale === 'linear' || value > 0);

/** @param {Drawn} chart @returns {[number, number]} */
function rangeOf({ lines, scale, range }) {
  if (range) return [range[0], range[1]];
  let [low, high] = [Infinity, -Infinity];
  for (const { values } of lines) {
    for (const value of Array.from(values)) {
      if (!isDrawn(value, scale)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) return scale === 'log' ? [0.1, 1] : [0, 1];
  return scale === 'log' ? [low / 1.3, high * 1.3] : [Math.min(0, low), high * 1.05 || 1];
}

/** Four or five round values. @param {number} low @param {number} high */
function linearTicks(low, high) {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const steps = [1, 2, 5, 10].map((digit) => digit * power).filter((each) => each >= rough);
  const step = Math.min(...steps);
  const first = Math.ceil(low / step);
  const count = Math.floor(high / step) - first + 1;
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(6)));
}

/** Of so many values those that are drawn: of each group its least and its largest. @param {Line} line @param {Scale} scale */
function pointsOf({ x, values }, scale) {
  const all = Array.from(values, (value, at) => ({ step: x[at], value })).filter((point) =>
    isDrawn(point.value, scale),
  );
  const group = Math.max(1, Math.ceil((2 * all.length) / MOST_POINTS));
  if (group === 1) return all;
  const groups = Array.from({ length: Math.ceil(all.length / group) }, (_, i) =>
    all.slice(i * group, (i + 1) * group).sort((a, b) => Number(a.value) - Number(b.value)),
  );
  return groups.flatMap((each) => [each[0], each[each.length - 1]].sort((a, b) => a.step - b.step));
}

/** @param {Drawn} chart @param {Page} page @param {number} left @param {number} above */
function chartSvg(chart, page, left, above) {
  const { width, height } = CHART;
  const [low, high] = rangeOf(chart);
  const isLog = chart.scale === 'log';
  const place = (/** @type {number} */ value) => (isLog ? Math.log(value) : value);
  const x = (/** @type {number} */ step) =>
    left + CHART.left + (step / page.steps) * (width - CHART.left - CHART.right);
  const y = (/** @type {number} */ value) =>
    above +
    height -
    CHART.bottom -
    ((place(value) - place(low)) / (place(high) - place(low))) *
      (height - CHART.top - CHART.bottom);
  const ticks = isLog ? logTicks(low, high) : linearTicks(low, high);
  const units = linearTicks(0, page.steps / page.stepsPerUnit).filter(Number.isInteger);
  const lines = chart.lines.map((line, index) => {
    const points = pointsOf(line, chart.scale).map(
      ({ step, value }) => `${px(x(step))},${px(y(Number(value)))}`,
    );
    const look =
      line.shape === 'raw' ? 'stroke-width="0.75" stroke-opacity="0.5"' : 'stroke-width="1.75"';
    const dash = line.isOther ? ' stroke-dasharray="5 4"' : '';
    return `<polyline fill="none" stroke="${chart.colours[index]}" ${look}${dash} points="${points.join(' ')}"/>`;
  });
  let at = left + CHART.left;
  const legend = chart.lines.flatMap((line, index) => {
    if (line.isShadow || (line.isOther && chart.lines[index - 1]?.isOther)) return [];
    const name = line.isOther ? 'dashed: compared' : line.name;
    const text = `<text x="${px(at)}" y="${px(above + 38)}" fill="${chart.colours[index]}" font-size="11">${escaped(name)}</text>`;
    at += 7 * name.length + 14;
    return [text];
  });
  return [
    `<text x="${px(left + CHART.left)}" y="${px(above + 20)}" font-weight="600">${escaped(chart.title)}</text>`,
    ...legend,
    ...ticks.map(
      (value) =>
        `<line x1="${px(x(0))}" x2="${px(x(page.steps))}" y1="${px(y(value))}" y2="${px(y(value))}" stroke="${page.faint}"/>` +
        `<text x="${px(x(0) - 6)}" y="${px(y(value) + 4)}" text-anchor="end" font-size="11">${escaped(chart.tick(value))}</text>`,
    ),
    ...units.map((unit) => {
      const name = unit === 0 ? page.unit : tickText(unit);
      return `<text x="${px(x(unit * page.stepsPerUnit))}" y="${px(above + height - 12)}" text-anchor="middle" font-size="11">${name}</text>`;
    }),
    ...lines,
  ].join('\n');
}

/**
 * The charts as one SVG, two beside each other.
 * @param {readonly Drawn[]} charts
 * @param {Page} page
 * @returns {{svg: string, width: number, height: number}}  px
 */
export function curvesSvg(charts, page) {
  const width = 2 * CHART.width;
  const height = HEAD + Math.ceil(charts.length / 2) * CHART.height;
  const parts = charts.map((chart, index) =>
    chartSvg(chart, page, (index % 2) * CHART.width, HEAD + Math.floor(index / 2) * CHART.height),
  );
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Inter, system-ui, sans-serif" font-size="13" fill="${page.ink}">`,
    `<rect width="${width}" height="${height}" fill="${page.paper}"/>`,
    `<text x="${CHART.left}" y="28" font-size="15" font-weight="650">${escaped(page.title)}</text>`,
    ...parts,
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}
