// What the left column itself is set to: nothing of it belongs to the experiment.
//
// inputTab, apart, brush, channel, remark      signals
// openTab, setApart, setPaddingKind, setBrush, chooseSlice, chooseChannel
// remarkOn, remarkOnEnd

import { computed, signal } from '@preact/signals-core';

import { isSplit, joined, paddedAs } from '../../core/experiment/controls.js';
import { setSettings } from './actions.js';
import { experiment } from './history.js';
import { chosenFilter } from './store.js';

/**
 * Where the input comes from.
 * @typedef {'paint' | 'pattern' | 'digit' | 'image' | 'cells'} InputTab
 * @typedef {import('../../core/experiment/controls.js').Apart} Apart
 * @typedef {import('../../core/experiment/controls.js').PaddingKind} PaddingKind
 *
 * What is said below the settings, and of which experiment: a text, or where a slider ends and why.
 * It is a stop where someone tried to go beyond.
 * @typedef {import('../../core/experiment/control_range.js').Part} Part
 * @typedef {{readonly field: string, readonly isStop: boolean, readonly of: object} &
 *   ({readonly text: string} | {readonly part: Part | null, readonly end: 1 | -1})} Remark
 */

/** @type {import('@preact/signals-core').Signal<InputTab>} */
export const inputTab = signal('paint');

/** @type {import('@preact/signals-core').Signal<Apart>} */
const wanted = signal({ isApart: false, isBySide: false });

/** What is set side by side: because it was asked for, or because it differs already. */
export const apart = computed(() => {
  const { isApart, isBySide } = wanted.value;
  return { isApart: isApart || isSplit(experiment.value.settings), isBySide };
});

/** The value that is painted with. */
export const brush = signal(1);

/** The input channel whose kernel is edited, and whose cells are typed. */
const chosenChannel = signal(0);

/** The channel, where there is one of that number. */
export const channel = computed(() =>
  Math.min(chosenChannel.value, experiment.value.input.shape[0] - 1),
);

/** @type {import('@preact/signals-core').Signal<Remark | null>} */
export const remark = signal(null);

/** @param {InputTab} tab */
export function openTab(tab) {
  inputTab.value = tab;
}

/** Sets height and width together or apart; together, the width takes the height's numbers. @param {boolean} isApart */
export function setApart(isApart) {
  wanted.value = { ...wanted.value, isApart };
  if (!isApart && isSplit(experiment.value.settings))
    setSettings(joined(experiment.value.settings));
}

/** Gives the padding another way. @param {PaddingKind} kind */
export function setPaddingKind(kind) {
  wanted.value = { ...wanted.value, isBySide: kind === 'sides' };
  const { padding } = paddedAs(experiment.value.settings, kind);
  setSettings({ padding });
}

/** @param {number} value */
export function setBrush(value) {
  brush.value = value;
}

/**
 * Chooses the kernel to edit: of one filter, for one input channel.
 * @param {number} filter
 * @param {number} from  the channel
 */
export function chooseSlice(filter, from) {
  chosenFilter.value = filter;
  chosenChannel.value = from;
}

/** @param {number} number */
export function chooseChannel(number) {
  chosenChannel.value = number;
}

/**
 * Says something of a setting.
 * @param {string} field
 * @param {string} text
 * @param {boolean} [isStop]  whether something was not taken
 */
export function remarkOn(field, text, isStop = true) {
  remark.value = { field, text, isStop, of: experiment.value };
}

/**
 * Says where a slider ends.
 * @param {string} field
 * @param {Part | null} part  null: whichever part ends first
 * @param {1 | -1} end
 * @param {boolean} isStop
 */
export function remarkOnEnd(field, part, end, isStop) {
  remark.value = { field, part, end, isStop, of: experiment.value };
}
