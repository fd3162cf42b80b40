import { html, render, svg } from 'lit-html';

import { depthChart, ticks } from '../core/depth_chart.js';
import { stepText } from '../core/field_words.js';
import { shapeText } from '../core/number.js';
import { atMost } from '../core/sentences.js';
import { PaintedElement } from './canvas_element.js';

/**
 * @import {Point} from '../core/depth_chart.js'
 * @import {Layer} from '../core/graph.js'
 * @typedef {{layers: readonly Layer[], current: string, side: number}} ChartModel
 *   layers: the input first; current: the open layer's name, or ''; side: the longer one of the picture
 */

/** CSS px. */
const HEIGHT = 132;
const EDGE = { left: 36, right: 16, top: 12, bottom: 22 };
/** Of more layers the dots are smaller. */
const MANY = 60;

/**
 * How the receptive field grows with depth: a dot a layer, a line from each layer to those that read it.
 * Event: `choose` (detail a layer's name) for a click or Enter.
 * @extends {PaintedElement<ChartModel>}
 */
export class DepthChart extends PaintedElement {
  /** What is pointed at or walked to. @type {string | null} */ #looked = null;

  /** @override @param {AbortSignal} signal */
  connected(signal) {
    this.watchSize(signal);
  }

  /** @override */
  update() {
    this.#looked = null;
    this.paintSoon();
  }

  /** @override */
  paint() {
    const width = this.clientWidth;
    if (!this.model || width === 0) return;
    const { layers, current, side } = this.model;
    const chart = depthChart(layers);
    const top = Math.max(chart.largest, side);
    const x = (/** @type {number} */ depth) =>
      EDGE.left + (depth / Math.max(1, chart.deepest)) * (width - EDGE.left - EDGE.right);
    const y = (/** @type {number} */ size) =>
      HEIGHT - EDGE.bottom - (size / top) * (HEIGHT - EDGE.top - EDGE.bottom);
    const places = chart.points.map((point) => ({ ...point, x: x(point.depth), y: y(point.size) }));
    const at = new Map(places.map((place) => [place.name, place]));
    const looked = this.#looked ?? current;
    render(
      html`<svg
          width=${width}
          height=${HEIGHT}
          role="application"
          aria-roledescription="chart"
          aria-label="Receptive field over depth. Arrow keys walk from layer to layer, Enter opens."
          tabindex="0"
          @pointermove=${(/** @type {PointerEvent} */ event) => this.#point(places, event)}
          @pointerleave=${() => this.#look(null)}
          @click=${() => this.#looked && this.tell('choose', this.#looked)}
          @keydown=${(/** @type {KeyboardEvent} */ event) => this.#walk(places, event)}
          @blur=${() => this.#look(null)}
        >
          ${ticks(top).map(
            (
              size,
            ) => svg`<line class="chart-grid" x1=${EDGE.left} x2=${width - EDGE.right} y1=${y(size)} y2=${y(size)}></line>
              <text x=${EDGE.left - 6} y=${y(size) + 4} text-anchor="end">${size}</text>`,
          )}
          <line class="chart-side" x1=${EDGE.left} x2=${width - EDGE.right} y1=${y(side)} y2=${y(side)}></line>
          <text x=${EDGE.left + 6} y=${y(side) - 4}>the picture, ${side}</text>
          <text x=${width - EDGE.right} y=${HEIGHT - 6} text-anchor="end">depth →</text>
          ${chart.lines.map(([from, to]) => svg`<path class="chart-line" d=${lineTo(x(from.depth), y(from.size), x(to.depth), y(to.size))}></path>`)}
          ${places.map(
            ({ name, x: left, y: above }) => svg`<circle
              class=${`chart-dot ${name === current ? 'is-current' : ''} ${name === looked ? 'is-looked' : ''}`}
              data-name=${name} cx=${left} cy=${above} r=${name === looked ? 5 : places.length > MANY ? 1.75 : 3}></circle>`,
          )}
        </svg>
        <p class="note" role="status">${this.#told(at.get(looked))}</p>`,
      this,
    );
  }

  /** @param {Point | undefined} point */
  #told(point) {
    const layer = this.model?.layers.find(({ name }) => name === point?.name);
    if (!layer?.receptive_field)
      return html`How many pixels of the picture one value sees, layer by layer.`;
    const { receptive_field: field } = layer;
    return html`<strong>${layer.name}</strong> ${layer.kind}: ${atMost(field)}${shapeText(field.size)} pixels${stepText(layer)}`;
  }

  /** @param {string | null} name */
  #look(name) {
    if (name === this.#looked) return;
    this.#looked = name;
    this.paintNow();
  }

  /** @param {readonly {name: string, x: number, y: number}[]} places @param {PointerEvent} event */
  #point(places, { clientX, clientY }) {
    const { left, top } = this.getBoundingClientRect();
    const far = (/** @type {{x: number, y: number}} */ { x, y }) =>
      Math.hypot(x + left - clientX, (y + top - clientY) / 3);
    const [, ...layers] = places;
    const nearest = layers.reduce((best, each) => (far(each) < far(best) ? each : best), layers[0]);
    this.#look(nearest?.name ?? null);
  }

  /** @param {readonly {name: string}[]} places @param {KeyboardEvent} event */
  #walk(places, event) {
    const names = places.slice(1).map(({ name }) => name);
    const now = names.indexOf(this.#looked ?? this.model?.current ?? '');
    const steps = {
      ArrowRight: now + 1,
      ArrowLeft: Math.max(0, now - 1),
      Home: 0,
      End: names.length - 1,
    };
    if (event.key === 'Enter' && now >= 0) this.tell('choose', names[now]);
    else if (event.key in steps) {
      const next = steps[/** @type {keyof typeof steps} */ (event.key)];
      this.#look(names[Math.min(names.length - 1, next)]);
    } else return;
    event.preventDefault();
  }
}

/** A line that leaves and comes in level. @param {number} x @param {number} y @param {number} right @param {number} end */
function lineTo(x, y, right, end) {
  const middle = (x + right) / 2;
  return `M${x} ${y}C${middle} ${y} ${middle} ${end} ${right} ${end}`;
}

customElements.define('depth-chart', DepthChart);
