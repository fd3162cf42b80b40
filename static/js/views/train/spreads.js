import { html, nothing, svg } from 'lit-html';

import { significant } from '../../core/number.js';

/**
 * How the values of a run's layers are spread before its first step.
 * @typedef {{name: string, layers: readonly {layer: string, activations: Ends, gradients: Ends}[],
 *   activations: Float32Array, gradients: Float32Array, bins: number}} Spread
 * @typedef {{minimum: number, maximum: number, std: number}} Ends
 */

/** A histogram, its counts drawn by their square roots, so that a few are seen beside many. @param {Float32Array} counts @param {string} kind @param {string} label */
function histogram(counts, kind, label) {
  const most = Math.sqrt(Math.max(...counts)) || 1;
  return html`<svg class=${`spread-picture is-${kind}`} viewBox=${`0 0 ${counts.length} 20`} preserveAspectRatio="none" role="img" aria-label=${label}>
    ${Array.from(counts, (count, at) => {
      const height = (20 * Math.sqrt(count)) / most;
      return svg`<rect x=${at} width="0.9" y=${20 - height} height=${height}></rect>`;
    })}
  </svg>`;
}

/** One layer of one run. @param {Spread} spread @param {number} at @param {'activations' | 'gradients'} kind */
function cell(spread, at, kind) {
  const { layer, [kind]: ends } = spread.layers[at];
  const counts = spread[kind].subarray(at * spread.bins, (at + 1) * spread.bins);
  const std = significant(ends.std, 2);
  const label = `${layer}, ${spread.name}, ${kind}: from ${significant(ends.minimum)} to ${significant(ends.maximum)}, standard deviation ${std}`;
  return html`<td title=${label}>
    ${histogram(counts, kind, label)}
    <span class="spread-std">σ ${std}</span>
  </td>`;
}

/** @param {readonly Spread[]} all @param {'activations' | 'gradients'} kind @param {string} title */
const table = (
  all,
  kind,
  title,
) => html`<div class="experiment-table" tabindex="0" role="region" aria-label=${title}>
  <table class="spread-table">
    <caption class="train-part-title">${title}</caption>
    <thead>
      <tr><th scope="col">Layer</th>${all.map(({ name }) => html`<th scope="col">${name}</th>`)}</tr>
    </thead>
    <tbody>
      ${all[0].layers.map(
        ({ layer }, at) =>
          html`<tr><th scope="row">${layer}</th>${all.map((spread) => cell(spread, at, kind))}</tr>`,
      )}
    </tbody>
  </table>
</div>`;

/** How each layer's values and gradients are spread before the first step, one column a run. @param {readonly Spread[]} all */
export const spreads = (all) =>
  all.length === 0
    ? nothing
    : html`<section class="spreads" aria-label="Before the first step">
        ${table(all, 'activations', 'What each layer gives before the first step')}
        ${table(all, 'gradients', 'The gradient of its weights there')}
      </section>`;
