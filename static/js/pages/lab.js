import { startControls } from './lab-controls.js';
import { startSide } from './lab-side.js';
import { startStage } from './lab-stage.js';
import { startThemeButton } from './theme.js';

/** @param {string} id */
function hostElement(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element #${id}`);
  return element;
}

startThemeButton();
startControls(hostElement('lab-controls'));
startStage(hostElement('lab-stage'));
startSide(hostElement('lab-side'));
