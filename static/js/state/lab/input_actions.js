// Changes of the input.

import {
  withInChannels,
  withInput,
  withInputCell,
  withInputSize,
} from '../../core/experiment/experiment.js';
import { MOST_CHANNELS, MOST_LINES, within } from '../../core/limits.js';
import { pattern } from '../../core/input/patterns.js';
import { resized } from '../../core/input/resize.js';
import { change, changes } from './change.js';
import { STROKE } from '../undo.js';
import { experiment, forgetKey } from './history.js';
import { redrawn, rememberCut, rememberInput, uncut } from './memory.js';
import { notice } from './store.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Experiment} Experiment
 * @typedef {import('../../core/experiment/experiment.js').Values} Values
 * @typedef {import('../../core/experiment/experiment.js').Position} Position
 */

/**
 * Shows what another input makes of the present experiment. What had to give way to a small input comes
 * back as soon as there is room.
 * @param {(now: Experiment) => Experiment} how
 * @param {string} [key]
 */
function changesInput(how, key) {
  const whole = how(uncut());
  if (!change(whole, key)) return;
  const [given] = rememberCut(whole);
  if (given && notice.value) {
    const sentence = `${notice.value.sentence} What was cut comes back once there is room.`;
    notice.value = { ...notice.value, sentence };
  }
}

/** Sets the whole input. @param {Values} values  (C, H, W) */
export function setInput(values) {
  changesInput((now) => withInput(now, values));
}

/** Draws a pattern at the present size. @param {string} name */
export function setPattern(name) {
  const [channels, height, width] = experiment.value.input.shape;
  const values = pattern(name, height, width, channels);
  if (!values) return;
  setInput(values);
  rememberInput((...size) => pattern(name, ...size));
}

/**
 * Sets a picture as the input, reduced to a size; resizing the input reduces it anew.
 * @param {Values} picture  (C, H, W) of any size, in [0, 1]
 * @param {number} height
 * @param {number} width
 */
export function setPicture(picture, height, width) {
  setInput(resized(picture, height, width));
  rememberInput((rows, columns) => resized(picture, rows, columns));
}

/**
 * The input in another size: drawn anew where it was drawn, else cut off or filled up.
 * @param {readonly [number, number, number]} size  channels, height, width
 * @param {(now: Experiment) => Experiment} otherwise
 * @param {string} key
 */
function resize([channels, height, width], otherwise, key) {
  const anew = redrawn(height, width, channels);
  changesInput((now) => (anew ? withInput(now, anew.values) : otherwise(now)), key);
  if (anew) rememberInput(anew.draw);
}

/**
 * @param {number} height
 * @param {number} width
 */
export function setInputSize(height, width) {
  const { shape } = experiment.value.input;
  const [rows, columns] = [within(height, 1, MOST_LINES), within(width, 1, MOST_LINES)];
  resize([shape[0], rows, columns], (now) => withInputSize(now, rows, columns), 'input size');
}

/** @param {number} channels */
export function setInputChannels(channels) {
  const [, height, width] = experiment.value.input.shape;
  const count = within(channels, 1, MOST_CHANNELS);
  resize([count, height, width], (now) => withInChannels(now, count), 'channels');
}

/**
 * @param {Position} place
 * @param {number} value
 */
export function setInputCell(place, value) {
  const { channel, row, column } = place;
  const key = `cell.${channel}.${row}.${column}`;
  if (Number.isFinite(value)) changes((now) => withInputCell(now, place, value), key);
}

/** Counts the strokes. */
let stroke = 0;

/**
 * Paints one cell. What is painted from the beginning to the end of a stroke is one step of undo.
 * @param {Position} place
 * @param {number} value
 * @param {'begin' | 'extend' | 'end'} phase
 */
export function paintCell(place, value, phase) {
  if (phase === 'begin') stroke += 1;
  const { channel, row, column } = place;
  const { shape, data } = experiment.value.input;
  const isNew = data[(channel * shape[1] + row) * shape[2] + column] !== value;
  if (isNew) changes((now) => withInputCell(now, place, value), STROKE + stroke);
  if (phase === 'end') forgetKey();
}
