import { effect } from '@preact/signals-core';
import { html, nothing } from 'lit-html';

import '../../elements/image_drop.js';
import '../../elements/number_box.js';
import '../../elements/number_cells.js';
import '../../elements/reach_slider.js';
import '../../elements/value_picture.js';
import { operationNamed } from '../../core/operations/registry.js';
import { kernelsError, namedKernels } from '../../state/lab/kernels.js';
import { labOf } from '../../state/lab/lab.js';
import { photographs } from '../../state/lab/pictures.js';
import { trained } from '../../state/lab/weights.js';
import { sideChoice } from '../../views/lab/compare.js';
import { inputSection } from '../../views/lab/input.js';
import { kernelSection, noKernel } from '../../views/lab/kernel.js';
import { operationSection } from '../../views/lab/operation.js';
import { settingsSection } from '../../views/lab/settings.js';
import { startLabKeys } from './keys.js';

/**
 * @import {LabState} from '../../state/lab/store.js'
 * @import {LabInstance} from './instance.js'
 *
 * Which controls there are: `operation`, `input`, `kernel` and settings in PyTorch's words; null: all.
 * @typedef {readonly string[] | null} Names
 */

/** The cell that is pointed at or pinned, where it is on this side. @param {LabState} lab @param {'input' | 'kernel'} side */
function markedOn({ pointed, pinned, panel }, side) {
  const place = pointed.value ?? pinned.value;
  return place?.side === side && place.channel === panel.channel.value ? place : null;
}

/** Why a size was not taken, as long as nothing else has happened. @param {LabState} lab */
function sizeError({ experiment, panel }) {
  const said = panel.remark.value;
  const isAbout = said?.field === 'input' && said.of === experiment.value;
  return isAbout && 'text' in said ? said.text : null;
}

/** @param {string} id @param {LabState} lab @param {LabState} own  whose settings are in hand, and undone */
function inputModel(id, lab, own) {
  const { panel } = lab;
  return {
    id,
    input: lab.experiment.value.input,
    tab: panel.inputTab.value,
    channel: panel.channel.value,
    canUndo: own.canUndo.value,
    canRedo: own.canRedo.value,
    lit: lab.lit.value,
    brush: panel.brush.value,
    digits: panel.digits.value,
    photographs: photographs.value,
    image: panel.image.value,
    paste: panel.inputPaste.value,
    marked: markedOn(lab, 'input'),
    isPhoto: lab.see.value.kind === 'image',
    sizeError: sizeError(lab),
  };
}

/** @param {string} id @param {LabState} lab */
const kernelModel = (id, lab) => ({
  id,
  experiment: lab.experiment.value,
  filter: lab.filter.value,
  channel: lab.panel.channel.value,
  lit: lab.lit.value,
  marked: markedOn(lab, 'kernel'),
  error: lab.panel.kernelRefusal.value,
  presets: { named: namedKernels.value, trained: trained.value, error: kernelsError.value },
});

/** @param {string} id @param {LabState} lab @param {Names} only */
const settingsModel = (id, lab, only) => ({
  id,
  only,
  experiment: lab.experiment.value,
  apart: lab.panel.apart.value,
  lit: lab.lit.value,
  remark: lab.panel.remark.value,
  notice: lab.notice.value,
});

/** The Lab whose settings are in hand: the one beside, where that was chosen. @param {LabInstance} instance */
function inHand({ lab }) {
  const { other, comparison } = lab.signals;
  const isBeside = comparison.isShown.value && comparison.isBesideSet.value;
  return isBeside && other.value ? labOf(other.value) : lab;
}

/** What the column shows. @param {LabInstance} instance @param {Names} only */
function columnModel(instance, only) {
  const { id, lab } = instance;
  const own = inHand(instance);
  const { experiment } = own.signals;
  const { operation } = experiment.value;
  const has = (/** @type {string} */ name) => only?.includes(name) ?? true;
  // What is seen is seen of both.
  const see = own === lab ? lab.signals.see.value.kind : null;
  return {
    id,
    own: own.actions,
    isBeside: own !== lab,
    isComparing: lab.signals.comparison.isShown.value,
    operation: has('operation') ? { id, operation, see } : null,
    input: has('input') ? inputModel(id, lab.signals, own.signals) : null,
    settings: settingsModel(id, own.signals, only),
    kernel:
      has('kernel') && operationNamed(operation).hasWeight ? kernelModel(id, own.signals) : null,
    hasKernel: has('kernel'),
  };
}

/**
 * The operation, the input, the settings, the kernel.
 * @param {ReturnType<typeof columnModel>} model
 * @param {import('../../state/lab/lab.js').Actions} actions  of the Lab in the middle
 */
function column(model, actions) {
  const { id, own, isBeside, operation, input, settings, kernel } = model;
  const { undo, redo } = own;
  return html`${
    model.isComparing ? sideChoice({ id, isBeside, choose: actions.controlBeside }) : nothing
  }
  ${operation ? operationSection(operation, own) : nothing}
  ${input ? inputSection(input, { ...actions, undo, redo }) : nothing}
  ${settingsSection(settings, own)}
  ${kernel ? kernelSection(kernel, own) : nothing}
  ${model.hasKernel && !kernel ? noKernel(id) : nothing}`;
}

/** Fetches what a tab shows when it is first opened. @param {LabInstance} instance */
function fetchForTabs({ lab: { signals, actions } }) {
  return effect(() => {
    const tab = signals.panel.inputTab.value;
    if (tab === 'digit' && signals.panel.digits.peek().length === 0) void actions.loadDigits();
    if (tab === 'image') void actions.loadPhotographs();
  });
}

/** The controls of a Lab. @param {LabInstance} instance @param {HTMLElement} place @param {Names} only */
export function startControls(instance, place, only) {
  place.classList.add('lab-controls');
  place.replaceChildren();
  instance.render(
    () => columnModel(instance, only),
    (model) => column(model, instance.lab.actions),
    place,
  );
  instance.atEnd(fetchForTabs(instance));
  startLabKeys(instance, () => inHand(instance).actions);
  // The kernel's name is known by the list of those that have one.
  if (!only || only.includes('kernel')) void instance.lab.actions.loadKernels();
}
