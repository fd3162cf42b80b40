import { html } from 'lit-html';

/**
 * How the receptive field grows with the depth of a network.
 * @param {import('../elements/depth_chart.js').ChartModel} model
 * @param {{open: (view: {kind: 'layer', layer: string}) => void}} actions
 */
export const depthChartView = (model, { open }) =>
  html`<section class="depth" aria-label="Receptive field over depth">
    <h3>receptive field over depth, in pixels of the picture</h3>
    <depth-chart
      .model=${model}
      @choose=${(/** @type {CustomEvent<string>} */ { detail }) => open({ kind: 'layer', layer: detail })}
    ></depth-chart>
  </section>`;
