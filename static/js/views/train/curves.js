import { html, nothing, svg } from 'lit-html';

import { count, counted } from '../../core/number.js';
import { valueAt } from '../../core/training/charts.js';
import { pressedChoice } from '../button.js';

/**
 * @import {Chart, Line, Scale} from '../../core/training/charts.js'
 * @import {Mark} from '../../core/training/marks.js'
 * @import {ChartModel} from '../../elements/run_chart.js'
 *
 * @typedef {{chart: Chart, read: number | null, lines: readonly Line[], scale: Scale,
 *   rescale: (scale: Scale) => void, text: (value: number) => string, colours: readonly string[], drawing: ChartModel}} ChartView
 * @typedef {object} CurvesModel
 * @property {boolean} isEmpty
 * @property {number} span  how much is smoothed
 * @property {readonly number[]} spans
 * @property {number | null} read  the step whose values are told
 * @property {boolean} isPointed  whether it is pointed at
 * @property {number | null} epoch  that it belongs to
 * @property {readonly Mark[]} marks
 * @property {number | null} held  the step of the moment that is held
 * @property {(span: number) => void} smooth
 * @property {(step: number | null) => void} point
 * @property {(step: number) => void} choose
 * @property {string} other  what the run that is compared is called
 * @property {readonly ChartView[]} charts
 */

/** The line of a curve in small. @param {Line} line @param {string} colour */
const swatch = ({ shape, isOther }, colour) =>
  stroke(colour, shape === 'raw' ? 1 : 2, isOther ? '4 2' : nothing);

/** @param {string} colour @param {number} width @param {unknown} dash */
const stroke = (
  colour,
  width,
  dash,
) => svg`<svg class="chart-swatch" viewBox="0 0 14 8" aria-hidden="true">
    <line x1="0" x2="14" y1="4" y2="4" stroke=${colour} stroke-width=${width} stroke-dasharray=${dash}></line>
  </svg>`;

/** What a line says at a step. @param {Line | undefined} line @param {number | null} read @param {(value: number) => string} text */
function saidBy(line, read, text) {
  const value = !line || read === null ? null : valueAt(line, read);
  return value !== null && Number.isFinite(value) ? text(value) : '–';
}

/** What each line says at the step that is read; in brackets, what it says unsmoothed. @param {ChartView} view @param {string} other  what the run beside is called */
const legend = ({ read, lines, colours, text, drawing }, other) => html`<ul class="chart-legend">
  ${lines.map((line, index) => {
    if (line.isShadow) return nothing;
    const shadow = lines[index - 1]?.isShadow ? lines[index - 1] : undefined;
    return html`<li>
      ${swatch(line, colours[index])}
      <span class="chart-line">${line.isOther ? `${line.name} of ${other}` : line.name}</span>
      <strong data-line=${line.name} data-other=${line.isOther ? 'true' : nothing}>${saidBy(line, read, text)}</strong>
      ${shadow ? html`<span data-raw=${line.name}>(${saidBy(shadow, read, text)})</span>` : nothing}
    </li>`;
  })}
  ${lines.some(({ isShadow }) => isShadow) ? html`<li>(in brackets: not smoothed)</li>` : nothing}
  ${drawing.levels.map(
    (level) => html`<li data-level=${level.text}>
      ${stroke('currentColor', 1.25, level.dash.join(' '))} ${level.text} <strong>${text(level.value)}</strong>
    </li>`,
  )}
</ul>`;

/** @type {{value: Scale, text: string}[]} */
const SCALES = [
  { value: 'linear', text: 'lin' },
  { value: 'log', text: 'log' },
];

/** @param {ChartView} view @param {CurvesModel} model */
const chart = (view, { point, choose, other }) => html`<figure
  class="chart"
  data-chart=${view.chart.name}
>
  <figcaption class="chart-head">
    <h3>${view.chart.title}</h3>
    ${
      view.chart.scales.length > 1
        ? pressedChoice(`Scale of ${view.chart.title}`, SCALES, view.scale, view.rescale, 'is-tiny')
        : nothing
    }
  </figcaption>
  ${legend(view, other)}
  <run-chart
    .model=${view.drawing}
    @point=${(/** @type {CustomEvent<number | null>} */ { detail }) => point(detail)}
    @choose=${(/** @type {CustomEvent<number>} */ { detail }) => choose(detail)}
  ></run-chart>
</figure>`;

/** @param {number} span */
const spanText = (span) => (span === 0 ? 'off' : counted(span, 'step'));

/** Signs above the charts, and what they say. @type {Record<Mark['kind'], string>} */
const SIGNS = { lr_reduced: '▾', best: '●', early_stop: '■' };

/** @param {CurvesModel} model */
const tools = ({
  read,
  isPointed,
  epoch,
  span,
  spans,
  smooth,
  marks,
  held,
}) => html`<div class="chart-tools">
  <p class="chart-read" aria-live=${isPointed ? 'polite' : 'off'}>
    ${read === null ? 'Nothing has been learned yet.' : html`At <strong>step ${count(read)}</strong>${epoch ? html`, epoch <strong>${epoch}</strong>` : nothing}`}
  </p>
  <ul class="chart-marks">
    ${marks.map(({ kind, epoch: at, text }) => html`<li data-mark=${kind}>${SIGNS[kind]} ${text}${kind === 'early_stop' && text.startsWith('would') ? nothing : ` (epoch ${at})`}</li>`)}
    ${held === null ? nothing : html`<li data-mark="held">┊ held: step ${count(held)}</li>`}
  </ul>
  <span class="chart-smooth">smoothing ${pressedChoice(
    'Smoothing',
    spans.map((each) => ({ value: each, text: spanText(each) })),
    span,
    smooth,
    'is-tiny',
  )}</span>
</div>`;

/** The curves of a run. @param {CurvesModel} model */
export const curvesView = (model) => html`
  ${tools(model)}
  <div class="charts">${model.charts.map((each) => chart(each, model))}</div>
`;
