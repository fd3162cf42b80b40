import { effect } from '@preact/signals-core';
import { html } from 'lit-html';

import '../../elements/image_drop.js';
import '../../elements/number_box.js';
import '../../elements/number_cells.js';
import '../../elements/reach_slider.js';
import '../../elements/value_picture.js';
import { apart, brush, channel, inputTab, remark } from '../../state/lab/panel.js';
import { kernelsError, loadKernels, namedKernels } from '../../state/lab/kernels.js';
import { inputPaste, kernelRefusal } from '../../state/lab/paste.js';
import {
  digits,
  image,
  loadDigits,
  loadPhotographs,
  photographs,
} from '../../state/lab/pictures.js';
import { trained } from '../../state/lab/weights.js';
import {
  canRedo,
  canUndo,
  experiment,
  filter,
  lit,
  notice,
  pinned,
  pointed,
  see,
} from '../../state/lab/store.js';
import { inputSection } from '../../views/lab/input.js';
import { kernelSection, noKernel } from '../../views/lab/kernel.js';
import { operationOf } from '../../core/operations/registry.js';
import { operationSection } from '../../views/lab/operation.js';
import { settingsSection } from '../../views/lab/settings.js';
import { startLabKeys } from './keys.js';
import { renderInFrames } from '../common/frames.js';

/** The cell that is pointed at or pinned, where it is on this side. @param {'input' | 'kernel'} side */
function markedOn(side) {
  const place = pointed.value ?? pinned.value;
  return place?.side === side && place.channel === channel.value ? place : null;
}

/** Why a size was not taken, as long as nothing else has happened. */
function sizeError() {
  const said = remark.value;
  const isAbout = said?.field === 'input' && said.of === experiment.value;
  return isAbout && 'text' in said ? said.text : null;
}

const inputModel = () => ({
  input: experiment.value.input,
  tab: inputTab.value,
  channel: channel.value,
  canUndo: canUndo.value,
  canRedo: canRedo.value,
  lit: lit.value,
  brush: brush.value,
  digits: digits.value,
  photographs: photographs.value,
  image: image.value,
  paste: inputPaste.value,
  marked: markedOn('input'),
  isPhoto: see.value.kind === 'image',
  sizeError: sizeError(),
});

const kernelModel = () => ({
  experiment: experiment.value,
  filter: filter.value,
  channel: channel.value,
  lit: lit.value,
  marked: markedOn('kernel'),
  error: kernelRefusal.value,
  presets: { named: namedKernels.value, trained: trained.value, error: kernelsError.value },
});

/** What the column shows. */
const model = () => ({
  operation: { operation: experiment.value.operation, see: see.value.kind },
  input: inputModel(),
  settings: {
    experiment: experiment.value,
    apart: apart.value,
    lit: lit.value,
    remark: remark.value,
    notice: notice.value,
  },
  kernel: operationOf(experiment.value).hasWeight ? kernelModel() : null,
});

/** @param {ReturnType<typeof model>} values */
const column = ({ operation, input, settings, kernel }) => html`${operationSection(operation)}
${inputSection(input)} ${settingsSection(settings)}
${kernel ? kernelSection(kernel) : noKernel()}`;

/** Fetches what a tab shows when it is first opened. */
function fetchForTabs() {
  effect(() => {
    if (inputTab.value === 'digit' && digits.peek().length === 0) void loadDigits();
    if (inputTab.value === 'image') void loadPhotographs();
  });
}

/**
 * The left column: operation, input, settings, kernel.
 * @param {HTMLElement} host
 */
export function startControls(host) {
  host.classList.add('lab-controls');
  host.replaceChildren();
  renderInFrames(model, column, host);
  fetchForTabs();
  startLabKeys();
  // The kernel's name is known by the list of those that have one.
  void loadKernels();
}
