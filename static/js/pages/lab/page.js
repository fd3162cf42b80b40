import { effect } from '@preact/signals-core';

import { startState } from '../../state/lab/start.js';
import { see } from '../../state/lab/store.js';
import { startControls } from './controls.js';
import { startGlance } from './glance.js';
import { startSide } from './side.js';
import { startStage } from './stage.js';
import { startThemeButton } from '../common/theme.js';

/** @param {string} id */
function hostElement(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

/** The planes, without transport and formulas. */
function stagePart() {
  const part = hostElement('lab-stage').querySelector('.is-stage');
  if (!(part instanceof HTMLElement)) throw new Error('the page has no stage');
  return part;
}

/** Fetches what goes over whole photographs when it is first asked for. */
function photoWhenWanted() {
  const stop = effect(() => {
    if (see.value.kind !== 'image') return;
    const [host, stage] = [hostElement('lab-photo'), hostElement('lab-stage')];
    void import('./photo.js').then(({ startPhoto }) => {
      stop();
      startPhoto(host, stage);
    });
  });
}

startThemeButton();
startState();
startControls(hostElement('lab-controls'));
startStage(hostElement('lab-stage'));
startSide(hostElement('lab-side'));
startGlance(stagePart(), hostElement('lab-controls'));
photoWhenWanted();
