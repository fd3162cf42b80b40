import { html, nothing } from 'lit-html';
import { live } from 'lit-html/directives/live.js';

import { SPEEDS } from '../../core/stage/playback.js';
import { button, icon, iconButton } from '../button.js';
import { speedChoice } from '../speed_choice.js';

/**
 * @typedef {object} TransportModel
 * @property {number} frame  counted from 0
 * @property {number} frames
 * @property {boolean} isPlaying
 * @property {number} speed
 * @property {string} unit  what a frame makes
 * @property {boolean} isLarge
 * @property {boolean} canEnlarge  whether there are numbers that do not fit
 * @property {boolean} isPainting
 * @property {(frame: number) => void} scrub
 * @property {(by: number) => void} step
 * @property {() => void} toggle
 * @property {(speed: number) => void} setSpeed
 * @property {() => void} enlarge
 * @property {() => void} togglePainting
 */

/** Play, pause, step, scrub, speed. @param {TransportModel} model */
export function transport(model) {
  const { frame, frames, isPlaying, speed, unit, scrub, step, toggle, setSpeed } = model;
  const last = frames - 1;
  const scrubbed = (/** @type {Event} */ event) =>
    scrub(Number(/** @type {HTMLInputElement} */ (event.target).value));
  return html`<div class="transport" role="group" aria-label="Playing">
    ${iconButton('skip-back', { name: 'To the first', isOff: frame <= 0, act: () => scrub(0) })}
    ${iconButton('chevron-left', { name: 'One step back', isOff: frame <= 0, act: () => step(-1) })}
    <button class="button is-primary transport-play" type="button" title="Space" @click=${toggle}>
      ${icon(isPlaying ? 'pause' : 'play')} <span>${isPlaying ? 'Pause' : 'Play'}</span>
    </button>
    ${iconButton('chevron-right', { name: 'One step on', isOff: frame >= last, act: () => step(1) })}
    <input
      class="transport-slider"
      type="range"
      min="0"
      max=${last}
      step="1"
      aria-label="Step"
      aria-valuetext=${`${unit} ${frame + 1} of ${frames}`}
      .value=${live(String(frame))}
      @input=${scrubbed}
    />
    <output class="transport-count">${frame + 1} / ${frames}</output>
    ${speedChoice(SPEEDS, speed, setSpeed)} ${sizeButton(model)} ${paintButton(model)}
  </div>`;
}

/** @param {Sizing} model */
function sizeButton({ isLarge, canEnlarge, enlarge }) {
  if (!canEnlarge && !isLarge) return nothing;
  const title = isLarge
    ? 'Fit the stage'
    : 'Cells large enough for their numbers; the stage then scrolls';
  return iconButton(isLarge ? 'zoom-out' : 'zoom-in', {
    name: 'Numbers in every cell',
    title,
    isPressed: isLarge,
    act: enlarge,
  });
}

/** Fingers scroll, unless they are to paint. @param {TransportModel} model */
const paintButton = ({ isPainting, togglePainting }) =>
  iconButton('pen', {
    name: 'Paint with the finger',
    shape: 'transport-paint',
    isPressed: isPainting,
    act: togglePainting,
  });

/** @typedef {Pick<TransportModel, 'isLarge' | 'canEnlarge' | 'enlarge'>} Sizing */

/**
 * What stands in the place of the transport where gradients are seen: how to change the one that all
 * others come from.
 * @param {Sizing & {isGiven: boolean, reset: () => void}} model
 */
export function gradientTools({ isGiven, reset, ...sizing }) {
  return html`<div class="transport is-gradient">
    <p class="note">
      Everything starts at the gradient of the output. Click one of its cells to change it, or walk
      there and press + or −.
    </p>
    ${button('All ones', { isOff: !isGiven, act: reset })}
    ${sizeButton(sizing)}
  </div>`;
}
