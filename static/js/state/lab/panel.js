// What the controls themselves are set to.

import { isSplit, joined, paddedAs } from '../../core/experiment/controls.js';
import { setSettings } from './settings_actions.js';

/**
 * @import {PaddingKind} from '../../core/experiment/controls.js'
 * @import {Part} from '../../core/experiment/control_range.js'
 * @import {InputTab} from '../../core/input/patterns.js'
 * @import {LabState} from './store.js'
 */

/** @param {LabState} lab @param {InputTab} tab */
export function openTab(lab, tab) {
  lab.panel.inputTab.value = tab;
}

/** Sets height and width together or apart; together, the width takes the height's numbers. @param {LabState} lab @param {boolean} isApart */
export function setApart(lab, isApart) {
  lab.panel.wanted.value = { ...lab.panel.wanted.value, isApart };
  if (!isApart && isSplit(lab.experiment.value.settings))
    setSettings(lab, joined(lab.experiment.value.settings));
}

/** Gives the padding another way. @param {LabState} lab @param {PaddingKind} kind */
export function setPaddingKind(lab, kind) {
  lab.panel.wanted.value = { ...lab.panel.wanted.value, isBySide: kind === 'sides' };
  const { padding } = paddedAs(lab.experiment.value.settings, kind);
  setSettings(lab, { padding });
}

/** @param {LabState} lab @param {number} value */
export function setBrush(lab, value) {
  lab.panel.brush.value = value;
}

/**
 * Chooses the kernel to edit: of one filter, for one input channel.
 * @param {LabState} lab
 * @param {number} filter
 * @param {number} from  the channel
 */
export function chooseSlice(lab, filter, from) {
  lab.chosenFilter.value = filter;
  lab.panel.chosenChannel.value = from;
}

/** @param {LabState} lab @param {number} number */
export function chooseChannel(lab, number) {
  lab.panel.chosenChannel.value = number;
}

/**
 * Says something of a setting.
 * @param {LabState} lab
 * @param {string} field
 * @param {string} text
 * @param {boolean} [isStop]  whether something was not taken
 */
export function remarkOn(lab, field, text, isStop = true) {
  lab.panel.remark.value = { field, text, isStop, of: lab.experiment.value };
}

/**
 * Says where a slider ends.
 * @param {LabState} lab
 * @param {string} field
 * @param {Part | null} part  null: whichever part ends first
 * @param {1 | -1} end
 * @param {boolean} isStop
 */
export function remarkOnEnd(lab, field, part, end, isStop) {
  lab.panel.remark.value = { field, part, end, isStop, of: lab.experiment.value };
}
