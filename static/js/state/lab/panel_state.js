import { computed, signal } from '@preact/signals-core';

import { isSplit } from '../../core/experiment/controls.js';
import { createNewest } from '../retry.js';
import { createTray } from '../samples.js';

/**
 * @import {Signal} from '@preact/signals-core'
 * @import {Apart} from '../../core/experiment/controls.js'
 * @import {LabState} from './store.js'
 *
 * @import {Remark} from '../../core/experiment/control_range.js'
 * @import {InputTab} from '../../core/input/patterns.js'
 *
 * What was pasted, what is wrong with it, and the values beside which it stands: once they are
 * changed otherwise, neither holds.
 * @typedef {{readonly text: string, readonly error: string | null, readonly of: object}} Paste
 */

const DIGIT_SIDE = 28;

/** @param {import('../samples.js').Sample} sample @returns {import('../../core/input/patterns.js').Choice} */
function digitOf({ label, pixels }) {
  const values = Float32Array.from(pixels, (pixel) => pixel / 255);
  return {
    title: `Digit ${label}`,
    values: { shape: [1, DIGIT_SIDE, DIGIT_SIDE], data: Float64Array.from(values) },
    picture: { rows: DIGIT_SIDE, columns: DIGIT_SIDE, values, palette: 'input' },
  };
}

/** What a Lab's controls themselves are set to: nothing of it belongs to the experiment. */
export class PanelState {
  #lab;

  /** @param {LabState} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  /** @type {Signal<InputTab>} */
  inputTab = signal('paint');

  /** What was asked to be set side by side. @type {Signal<Apart>} */
  wanted = signal({ isApart: false, isBySide: false });

  /** What is set side by side: because it was asked for, or because it differs already. */
  apart = computed(() => {
    const { isApart, isBySide } = this.wanted.value;
    return { isApart: isApart || isSplit(this.#lab.experiment.value.settings), isBySide };
  });

  tray = createTray();

  /** One digit of each label. */
  digits = computed(() => this.tray.samples.value.map(digitOf));

  /** The value that is painted with. */
  brush = signal(1);

  /** The input channel whose kernel is edited, and whose cells are typed. */
  chosenChannel = signal(0);

  /** The channel, where there is one of that number. */
  channel = computed(() =>
    Math.min(this.chosenChannel.value, this.#lab.experiment.value.input.shape[0] - 1),
  );

  /** @type {Signal<Remark | null>} */
  remark = signal(null);

  /** @type {Signal<Paste | null>} */
  pasted = signal(null);

  /** What stands in the box for pasted input. */
  inputPaste = computed(() => {
    const now = this.pasted.value;
    return now?.of === this.#lab.experiment.value.input ? now : { text: '', error: null };
  });

  /** @type {Signal<{readonly error: string | null, readonly of: object}>} */
  refused = signal({ error: null, of: {} });

  /** Why the last change of the kernel was not taken. */
  kernelRefusal = computed(() => {
    const { error, of } = this.refused.value;
    return of === this.#lab.experiment.value.weight ? error : null;
  });

  /**
   * Whether an image is on its way, and why the last one was not taken, beside which input.
   * @type {Signal<{isBusy: boolean, error: string | null, of: object}>}
   */
  taking = signal({ isBusy: false, error: null, of: {} });

  /** Of several images that are on their way the newest is taken. */
  newest = createNewest();

  image = computed(() => {
    const { isBusy, error, of } = this.taking.value;
    return { isBusy, error: of === this.#lab.experiment.value.input ? error : null };
  });
}
