// Changes of the input.

import { batch } from '@preact/signals-core';

import {
  withInChannels,
  withInput,
  withInputCell,
  withInputSize,
} from '../../core/experiment/experiment.js';
import { nearestExperiment } from '../../core/experiment/nearest_experiment.js';
import { MOST_CHANNELS, MOST_LINES, within } from '../../core/limits.js';
import { pattern } from '../../core/input/patterns.js';
import { resized } from '../../core/input/resize.js';
import { change, changes } from './change.js';
import { STROKE } from '../undo.js';
import { redrawn, rememberCut, rememberInput, uncut } from './memory.js';

/**
 * @import {Experiment, Position, Values} from '../../core/experiment/experiment.js'
 * @import {LabState} from './store.js'
 */

/**
 * Shows what another input makes of the present experiment. What had to give way to a small input comes
 * back as soon as there is room.
 * @param {LabState} lab
 * @param {(now: Experiment) => Experiment} how
 * @param {string} [key]
 */
function changesInput(lab, how, key) {
  const whole = how(uncut(lab));
  if (!change(lab, whole, key)) return;
  const [given] = rememberCut(lab, whole);
  if (given && lab.notice.value) {
    const sentence = `${lab.notice.value.sentence} What was cut comes back once there is room.`;
    lab.notice.value = { ...lab.notice.value, sentence };
  }
}

/**
 * Takes the input of another Lab: no step of undo, since it is none there either.
 * @param {LabState} lab
 * @param {Values} values
 */
export function followInput(lab, values) {
  const whole = withInput(uncut(lab), values);
  const possible = nearestExperiment(whole);
  batch(() => {
    lab.experiment.value = possible?.experiment ?? whole;
    lab.notice.value = possible?.notice ?? null;
    rememberCut(lab, whole);
  });
}

/** Sets the whole input. @param {LabState} lab @param {Values} values  (C, H, W) */
export function setInput(lab, values) {
  changesInput(lab, (now) => withInput(now, values));
}

/** Draws a pattern at the present size. @param {LabState} lab @param {string} name */
export function setPattern(lab, name) {
  const [channels, height, width] = lab.experiment.value.input.shape;
  const values = pattern(name, height, width, channels);
  if (!values) return;
  setInput(lab, values);
  rememberInput(lab, (...size) => pattern(name, ...size));
}

/**
 * Sets a picture as the input, reduced to a size; resizing the input reduces it anew.
 * @param {LabState} lab
 * @param {Values} picture  (C, H, W) of any size, in [0, 1]
 * @param {number} height
 * @param {number} width
 */
export function setPicture(lab, picture, height, width) {
  setInput(lab, resized(picture, height, width));
  rememberInput(lab, (rows, columns) => resized(picture, rows, columns));
}

/**
 * The input in another size: drawn anew where it was drawn, else cut off or filled up.
 * @param {LabState} lab
 * @param {readonly [number, number, number]} size  channels, height, width
 * @param {(now: Experiment) => Experiment} otherwise
 * @param {string} key
 */
function resize(lab, [channels, height, width], otherwise, key) {
  const anew = redrawn(lab, height, width, channels);
  changesInput(lab, (now) => (anew ? withInput(now, anew.values) : otherwise(now)), key);
  if (anew) rememberInput(lab, anew.draw);
}

/**
 * @param {LabState} lab
 * @param {number | null} height  null: as it is
 * @param {number | null} width
 */
export function setInputSize(lab, height, width) {
  const { shape } = lab.experiment.value.input;
  const rows = within(height ?? shape[1], 1, MOST_LINES);
  const columns = within(width ?? shape[2], 1, MOST_LINES);
  resize(lab, [shape[0], rows, columns], (now) => withInputSize(now, rows, columns), 'input size');
}

/** @param {LabState} lab @param {number} channels */
export function setInputChannels(lab, channels) {
  const [, height, width] = lab.experiment.value.input.shape;
  const count = within(channels, 1, MOST_CHANNELS);
  resize(lab, [count, height, width], (now) => withInChannels(now, count), 'channels');
}

/** @param {LabState} lab @param {Position} place @param {number} value */
export function setInputCell(lab, place, value) {
  const { channel, row, column } = place;
  const key = `cell.${channel}.${row}.${column}`;
  if (Number.isFinite(value)) changes(lab, (now) => withInputCell(now, place, value), key);
}

/** Counts the strokes. */
let stroke = 0;

/**
 * Paints one cell. What is painted from the beginning to the end of a stroke is one step of undo.
 * @param {LabState} lab
 * @param {Position} place
 * @param {number} value
 * @param {'begin' | 'extend' | 'end'} phase
 */
export function paintCell(lab, place, value, phase) {
  if (phase === 'begin') stroke += 1;
  const { channel, row, column } = place;
  const { shape, data } = lab.experiment.value.input;
  const isNew = data[(channel * shape[1] + row) * shape[2] + column] !== value;
  if (isNew) changes(lab, (now) => withInputCell(now, place, value), STROKE + stroke);
  if (phase === 'end') lab.experiments.forgetKey();
}
