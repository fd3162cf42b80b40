import { html, nothing, svg } from 'lit-html';

import { count, significant } from '../../core/number.js';
import { bandsOf, countOf, unitsOf } from '../../core/training/by_chance.js';

/** @import {Tensor, TensorFile} from '../../core/tensor.js' */

/** Units beside each other, of few and of many. */
const [ACROSS, FEW, FAR_ACROSS] = [16, 256, 32];
/** More units are not drawn. */
const MOST = 512;

/** Units as squares. @param {ReturnType<typeof unitsOf>} units @param {number} across @param {string} label @param {boolean} areAll  as they are where nothing is left out */
function board(units, across, label, areAll) {
  const rows = Math.ceil(units.length / across);
  const seen = (/** @type {string} */ state) => (areAll && state === 'left-out' ? 'kept' : state);
  return html`<figure class="chance-board">
    <svg viewBox=${`0 0 ${across} ${rows}`} role="img" aria-label=${label}>
      ${units.map(
        ({ state, row, column }) => svg`<rect
          class=${`unit is-${seen(state)}`} x=${column + 0.1} y=${row + 0.1} width="0.8" height="0.8"
        ></rect>`,
      )}
    </svg>
    <figcaption>${label}</figcaption>
  </figure>`;
}

/** The units that were left out of one image's pass, and all of them. @param {TensorFile} answer @param {number} image */
function leftOut({ document: told, tensors }, image) {
  if (!told.left_out) return nothing;
  const { data, shape } = /** @type {Tensor} */ (tensors.get('units'));
  const at = Math.min(image, shape[0] - 1);
  const across = shape[1] > FEW ? FAR_ACROSS : ACROSS;
  const units = unitsOf(data, shape, at, across);
  const out = countOf(units, 'left-out');
  const drawn = units.slice(0, MOST);
  const part =
    drawn.length < units.length
      ? ` Drawn are the first ${MOST} of ${count(units.length)} units.`
      : '';
  return html`<section class="chance" aria-label="Left out by chance">
    <h2 class="train-part-title">Left out by chance: ${told.left_out.layer}, ${significant(told.left_out.share, 2)} of the units</h2>
    <div class="chance-boards">
      ${board(drawn, across, `image ${at}, this update: ${count(out)} left out`, false)}
      ${board(drawn, across, 'where it is judged: all are there', true)}
    </div>
    <p class="note">Filled: passed on, times ${significant(1 / (1 - told.left_out.share))} to make up for the others. Pale: 0 anyway. Outlined: left out.${part}</p>
  </section>`;
}

/** Each map's mean and spread as a bar. @param {ArrayLike<number>} means @param {ArrayLike<number>} stds @param {string} when */
function bands(means, stds, when) {
  const { bands: all, widest } = bandsOf(means, stds);
  return html`<figure class="chance-board">
    <svg class="chance-bands" viewBox=${`0 -50 ${all.length} 100`} preserveAspectRatio="none" role="img" aria-label=${`${when}: mean and standard deviation of ${all.length} maps, within ±${significant(widest)}`}>
      <line x1="0" x2=${all.length} y1="0" y2="0"></line>
      ${all.map(({ low, mean, high }, at) => {
        const scale = 48 / widest;
        return svg`<rect x=${at + 0.15} width="0.7" y=${-high * scale} height=${Math.max(0.5, (high - low) * scale)}></rect>
          <rect class="chance-mean" x=${at + 0.05} width="0.9" y=${-mean * scale - 0.8} height="1.6"></rect>`;
      })}
    </svg>
    <figcaption>${when} <span class="note">±${significant(widest, 2)}</span></figcaption>
  </figure>`;
}

/** What a batch normalization did to its maps. @param {TensorFile} answer */
function normalized({ document: told, tensors }) {
  if (!told.normalized) return nothing;
  const of = (/** @type {string} */ name) => tensors.get(name)?.data ?? [];
  return html`<section class="chance" aria-label="Normalized batch">
    <h2 class="train-part-title">Normalized by the batch: ${told.normalized.layer}</h2>
    <div class="chance-boards">
      ${bands(of('mean_before'), of('std_before'), 'each map before')}
      ${bands(of('mean_after'), of('std_after'), 'and after')}
    </div>
    <p class="note">A bar is a map’s values over all images and places of the batch: its mean, and one standard deviation either way.</p>
  </section>`;
}

/** What dropout and batch normalization do in an update, where there are such layers. @param {TensorFile} answer @param {number} product  whose image is looked at */
export const byChance = (answer, product) => {
  const { document: told } = answer;
  if (!told.left_out && !told.normalized) return nothing;
  return html`<div class="chance-parts">
    ${leftOut(answer, told.cell.largest[product]?.image ?? 0)} ${normalized(answer)}
  </div>`;
};
