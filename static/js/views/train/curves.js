import { html, nothing, svg } from 'lit-html';

import { count } from '../../core/number.js';
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

/** What each line says at the step that is read. @param {ChartView} view */
const legend = ({ read, lines, colours, text, drawing }) => html`<ul class="chart-legend">
  ${lines.map((line, index) => {
    if (line.isShadow) return nothing;
    const value = read === null ? null : valueAt(line, read);
    const isThere = value !== null && Number.isFinite(value);
    return html`<li>
      ${swatch(line, colours[index])} ${line.isOther ? `${line.name} of the other` : line.name}
      <strong data-line=${line.name} data-other=${line.isOther ? 'true' : nothing}>${isThere ? text(Number(value)) : '–'}</strong>
    </li>`;
  })}
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
const chart = (view, { point, choose }) => html`<figure
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
  ${legend(view)}
  <run-chart
    .model=${view.drawing}
    @point=${(/** @type {CustomEvent<number | null>} */ { detail }) => point(detail)}
    @choose=${(/** @type {CustomEvent<number>} */ { detail }) => choose(detail)}
  ></run-chart>
</figure>`;

/** @param {number} span */
const spanText = (span) => (span === 0 ? 'off' : `${span} steps`);

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
