import { effect } from '@preact/signals-core';
import { html, nothing, render } from 'lit-html';

import { READINGS } from '../../core/experiment/readings.js';
import { beInstrument } from '../../elements/instrument.js';
import { bindAddress, fragment } from '../../state/bind_address.js';
import { createLab } from '../../state/lab/lab.js';
import { placeOf, readState, stateOf, textOf } from '../../state/lab/link.js';
import { startLab } from '../../state/lab/start.js';
import { startCompare } from './compare.js';
import { startControls } from './controls.js';
import { startGlance } from './glance.js';
import { LabInstance } from './instance.js';
import { rememberPair } from './pair_memory.js';
import { startSide } from './side.js';
import { startStage } from './stage.js';

/**
 * What a Lab is mounted with. `controls`: all of them, with the sweep, the comparison and what one takes
 * away; or some alone: `operation`, `input`, `kernel` and settings in PyTorch's words. `initial`: what it
 * shows, an experiment or the text of a link. `address`: whether the page's address is that of its state.
 * @typedef {object} Options
 * @property {readonly string[] | true} [controls]
 * @property {import('../../core/experiment/experiment.js').Experiment | string} [initial]
 * @property {boolean} [address]
 */

/** The places of a Lab within an element that has none yet. @param {string} id @param {boolean} hasSide */
const frame = (id, hasSide) => html`
  <div class="lab-column page-column is-start"><div id=${`${id}-controls`} data-place="controls"></div></div>
  <div class="lab-middle page-middle">
    <div id=${`${id}-stage`} class="lab-stage" data-place="stage"></div>
    <div id=${`${id}-compare`} class="lab-compare" data-place="compare" hidden></div>
    <div id=${`${id}-photo`} class="lab-photo" data-place="photo" hidden></div>
  </div>
  ${
    hasSide
      ? html`<div class="lab-column page-column is-side"><div id=${`${id}-side`} data-place="side"></div></div>`
      : nothing
  }
  <div data-place="strip"></div>
  <div id=${`${id}-label`} data-place="label"></div>
`;

/**
 * The places of a Lab: those that the page brings, else new ones.
 * @param {LabInstance} instance
 * @param {boolean} hasSide
 * @returns {Record<string, HTMLElement>}
 */
function placesOf({ host, id }, hasSide) {
  if (!host.querySelector('[data-place]')) {
    render(frame(id, hasSide), host);
    host.classList.add('lab-page', 'three-columns', 'is-embedded');
  }
  /** @type {NodeListOf<HTMLElement>} */
  const places = host.querySelectorAll('[data-place]');
  return Object.fromEntries([...places].map((place) => [String(place.dataset.place), place]));
}

/** Fetches what goes over whole photographs when it is first asked for. @param {LabInstance} instance @param {Record<string, HTMLElement>} places */
function photoWhenWanted(instance, { photo, stage }) {
  const stop = effect(() => {
    if (instance.lab.signals.see.value.kind !== 'image') return;
    void import('./photo.js').then(({ startPhoto }) => {
      stop();
      startPhoto(instance, photo, stage);
    });
  });
  instance.atEnd(stop);
}

/**
 * Puts a Lab into an element, independent of every other on the page. `read` gives one of its named
 * readings, and in an effect notices every change of it; `end` takes the Lab out of service.
 * @param {HTMLElement} host
 * @param {Options} [options]
 */
export function mountLab(host, { controls = true, initial, address = false } = {}) {
  const lab = createLab(typeof initial === 'string' ? undefined : initial);
  const { signals } = lab;
  const instance = new LabInstance(host, lab);
  const hasSide = controls === true;
  const places = placesOf(instance, hasSide);
  beInstrument(host, instance.living);
  if (typeof initial === 'string') readState(signals, initial, true);
  if (address) {
    instance.atEnd(rememberPair(signals));
    readState(signals, fragment(), true);
    instance.atEnd(
      bindAddress({
        state: () => stateOf(signals),
        text: textOf,
        read: (text) => readState(signals, text),
        place: placeOf,
      }),
    );
  }
  instance.atEnd(startLab(signals));
  startControls(instance, places.controls, hasSide ? null : controls);
  startStage(instance, places.stage, places.label);
  startCompare(instance, places.compare);
  photoWhenWanted(instance, places);
  if (hasSide) {
    startSide(instance, places.side);
    startGlance(instance, places);
  }
  const read = (/** @type {keyof typeof READINGS} */ name) =>
    READINGS[name](signals.experiment.value);
  return { ...lab, id: instance.id, read, end: () => instance.end() };
}
