import { html, nothing } from 'lit-html';

import { percent } from '../core/number.js';
import { button, iconButton } from './button.js';

/** What the network sees, where the bars are folded away. @param {{label: string, probability: number}} prediction @param {unknown} why  asks for its reasons */
export const flowPrediction = ({ label, probability }, why) =>
  html`<div class="flow-prediction"><p><strong>${label}</strong> <span>${percent(probability)}</span></p>${why}</div>`;

/**
 * What there is to say of what the network sees; its place takes none from anything else.
 * @param {string} sentence
 * @param {readonly string[]} [outputs]  the layers that it gives instead of classes
 * @param {(view: {kind: 'layer', layer: string}) => void} [open]
 */
export const flowRemark = (sentence, outputs = [], open = () => {}) =>
  sentence
    ? html`<p class="flow-remark">
        ${sentence}
        ${outputs.map((layer) =>
          button(`Open ${layer}`, { shape: 'is-link', act: () => open({ kind: 'layer', layer }) }),
        )}
      </p>`
    : nothing;

/**
 * Closer, further, back to all of it; and how else one moves there.
 * @param {object} model
 * @param {boolean} model.isFirst  whether all of it is there
 * @param {boolean} model.isLast  whether it comes no closer
 * @param {unknown} why  asks for the reasons of what it sees
 * @param {{zoomBy: (step: number) => void}} actions
 */
export function zoomTools({ isFirst, isLast }, why, { zoomBy }) {
  return html`${isFirst ? nothing : html`<p class="note flow-hint">Drag to move · Ctrl + wheel zooms</p>`}
  <div class="flow-tools"><div class="segmented" role="group" aria-label="Zoom">
    ${isFirst ? nothing : iconButton('maximize', { name: 'Fit', title: 'Fit (0)', act: () => zoomBy(0) })}
    ${iconButton('zoom-out', { name: 'Zoom out', title: 'Zoom out (−)', isOff: isFirst, act: () => zoomBy(-1) })}
    ${iconButton('zoom-in', { name: 'Zoom in', title: 'Zoom in (+)', isOff: isLast, act: () => zoomBy(1) })}
  </div>${why}</div>`;
}
