import { html } from 'lit-html';

import { paddedAs, paddingKindOf, slidersOf, whyNot } from '../../core/experiment/controls.js';
import { readSettings } from '../../core/settings.js';
import { segments } from './form_controls.js';
import { attendTo, remarkId, settingRow, sliderLines } from './setting_row.js';

/**
 * @import {PaddingKind} from '../../core/experiment/controls.js'
 * @import {Experiment} from '../../core/experiment/experiment.js'
 * @import {Actions} from '../../state/lab/lab.js'
 * @import {Model} from './settings.js'
 */

/** @type {{value: PaddingKind, text: string, title: string}[]} */
const PADDING_KINDS = [
  { value: 'number', text: 'all', title: 'all: as much on every side' },
  { value: 'valid', text: 'valid', title: 'valid: none, every window lies inside' },
  { value: 'same', text: 'same', title: 'same: as much as keeps the size' },
  { value: 'sides', text: 'sides', title: 'sides: each by itself' },
];

/** @type {{value: string, text: string, title: string}[]} */
const PADDING_MODES = [
  { value: 'zeros', text: 'zeros', title: 'zeros: the border is 0' },
  { value: 'reflect', text: 'reflect', title: 'reflect: mirrored at the edge, without the edge' },
  { value: 'replicate', text: 'replicate', title: 'replicate: the edge goes on' },
  { value: 'circular', text: 'circular', title: 'circular: goes on at the other side' },
];

/** What a word comes to: how much there is on each side. @param {Experiment} experiment */
function paddedText({ settings }) {
  const { top, bottom, left, right } = readSettings(settings).padding;
  if (top === bottom && left === right && top === left) {
    return top === 0 ? 'none' : `${top} on every side`;
  }
  return `↑${top} ↓${bottom} ←${left} →${right}`;
}

/** How much padding, and how it is given. @param {Model} model @param {Actions} actions */
export function paddingRow({ id, experiment, apart, lit }, actions) {
  const { settings } = experiment;
  const kind = paddingKindOf(settings, apart.isBySide);
  const isWord = kind === 'valid' || kind === 'same';
  const sliders = isWord ? [] : slidersOf(experiment, 'padding', apart);
  const content = html`${segments({
    name: `${id}-padding`,
    label: 'How the padding is given',
    options: PADDING_KINDS.map((option) => ({
      ...option,
      refused: option.value === kind ? null : whyNot(experiment, paddedAs(settings, option.value)),
    })),
    value: kind,
    choose: actions.setPaddingKind,
    refuse: (text) => actions.remarkOn('padding', text),
    shape: 'is-plain',
  })}${
    isWord
      ? html`<div class="setting-line"><span class="setting-said">${paddedText(experiment)}</span></div>`
      : sliderLines(sliders, remarkId(id), actions)
  }`;
  const attend = isWord ? undefined : attendTo('padding', actions);
  return settingRow({ field: 'padding', lit, content, attend, shape: 'is-tall' }, actions);
}

/** What the padding is filled with. @param {Model} model @param {Actions} actions */
export function paddingModeRow({ id, experiment, lit }, actions) {
  const { settings } = experiment;
  const content = segments({
    name: `${id}-padding-mode`,
    label: 'padding mode',
    options: PADDING_MODES.map((option) => ({
      ...option,
      refused: whyNot(experiment, { ...settings, padding_mode: option.value }),
    })),
    value: settings.padding_mode ?? 'zeros',
    choose: (padding_mode) => actions.setSettings({ padding_mode }),
    refuse: (text) => actions.remarkOn('padding_mode', text),
    shape: 'is-plain is-four',
  });
  return settingRow({ field: 'padding_mode', lit, content, label: '', shape: 'is-whole' }, actions);
}
