import uPlot from 'uplot';

import { rangeOf } from '../core/training/chart_range.js';
import { logTicks } from '../core/training/tick.js';
import { curveColour } from '../render/curve_colours.js';
import { drawLevels, drawMarks } from '../render/chart_annotations.js';

/**
 * @import {Line} from '../core/training/charts.js'
 * @import {Theme} from '../render/theme.js'
 * @import {ChartModel} from './run_chart.js'
 */

const FONT = '11px Inter, system-ui, sans-serif';
/** CSS px: the least width of the values' axis, the height of the steps'. */
const EDGE = { values: 46, steps: 26 };
/** CSS px between two of the epochs or steps that are named. */
const UNIT_GAP = 34;
const EVERY = [1, 2, 5]
  .flatMap((digit) => [0, 1, 2, 3, 4].map((power) => digit * 10 ** power))
  .sort((a, b) => a - b);
/** Of more values in sight the dots are left out. */
const MOST_DOTS = 200;

/** @param {ChartModel} model @param {number} width  CSS px: the steps at the ends of the epochs that have room for their names, or those of the steps that have */
function unitSplits({ steps, stepsPerUnit }, width) {
  const count = Math.max(1, Math.round(steps / stepsPerUnit));
  const room = Math.max(1, (width - EDGE.values) / UNIT_GAP);
  const every = EVERY.find((each) => count / each <= room) ?? 100_000;
  const named = Array.from({ length: Math.floor(count / every) }, (_, i) => (i + 1) * every);
  return [0, ...named].map((unit) => unit * stepsPerUnit);
}

/** As wide as its texts need. @param {uPlot} plot @param {readonly string[] | null} texts  CSS px */
function valuesEdge({ ctx: context }, texts) {
  context.save();
  context.font = FONT;
  const widest = Math.max(0, ...(texts ?? []).map((text) => context.measureText(text).width));
  context.restore();
  return Math.max(EDGE.values, Math.ceil(widest) + 5);
}

/** @param {Theme} theme @param {Line} line @returns {uPlot.Series} */
function seriesOf(theme, line) {
  const { name, shape, isOther } = line;
  const stroke = curveColour(theme, line);
  return {
    ...{ label: name, stroke, spanGaps: true },
    width: shape === 'raw' ? 0.75 : 1.75,
    alpha: shape === 'raw' ? (line.isShadow ? 0.3 : 0.75) : 1,
    dash: isOther ? [5, 4] : undefined,
    paths: shape === 'stairs' ? uPlot.paths.stepped?.({ align: -1 }) : undefined,
    points: {
      show: shape === 'points' && line.x.length < MOST_DOTS,
      ...{ size: 4, fill: stroke, stroke },
    },
  };
}

/** @param {Theme} theme @param {() => ChartModel} model @param {() => number} width @returns {uPlot.Axis[]} */
function axesOf(theme, model, width) {
  const axis = {
    ...{ stroke: theme.ink2, font: FONT, gap: 4 },
    grid: { stroke: theme.line, width: 1 },
    ticks: { show: false },
  };
  const isLog = model().scale === 'log';
  const unitText = (/** @type {number} */ step) =>
    step === 0 ? model().unit : String(Math.round(step / model().stepsPerUnit));
  return [
    {
      ...axis,
      size: EDGE.steps,
      splits: () => unitSplits(model(), width()),
      values: (_, splits) => splits.map(unitText),
    },
    {
      ...axis,
      ...{ size: valuesEdge, space: 28, filter: (_, splits) => splits },
      splits: isLog ? (_, __, low, high) => logTicks(low, high) : undefined,
      values: (_, splits) => splits.map((value) => (value === null ? '' : model().tick(value))),
    },
  ];
}

/**
 * How a chart is drawn.
 * @param {Theme} theme
 * @param {() => ChartModel} model  as it is now
 * @param {{width: number, height: number, now: () => number}} size  CSS px; now: the width whenever asked
 * @param {() => void} drawn  called whenever it has been drawn
 * @returns {uPlot.Options}
 */
export function optionsOf(theme, model, { width, height, now }, drawn) {
  const { lines, scale } = model();
  return {
    ...{ width, height, pxAlign: 0, padding: [10, 8, 0, 0] },
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: () => [0, Math.max(1, model().steps)] },
      y: {
        distr: scale === 'log' ? 3 : 1,
        range: (_, low, high) => [...rangeOf(model(), low, high)],
      },
    },
    series: [{}, ...lines.map((line) => seriesOf(theme, line))],
    axes: axesOf(theme, model, now),
    hooks: {
      draw: [
        ({ ctx: context, bbox: box, valToPos }) => {
          const plot = {
            ...{ context, box, scale: devicePixelRatio },
            x: (/** @type {number} */ step) => valToPos(step, 'x', true),
            y: (/** @type {number} */ value) => valToPos(value, 'y', true),
          };
          drawLevels(plot, model().levels, theme);
          drawMarks(plot, model().marks, theme);
          drawn();
        },
      ],
    },
  };
}
