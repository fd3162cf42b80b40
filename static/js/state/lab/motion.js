// Playing: one request for an animation frame at a time, and only while something plays.

import { batch } from '@preact/signals-core';

import { once } from '../../core/once.js';
import { frameAt, isOver } from '../../core/stage/playback.js';
import { frameOfPlace } from '../../core/stage/place.js';

/** @import {LabState} from './store.js' */

/**
 * The animation frame that a Lab has asked for, and when its playing began, from which frame.
 * @type {(lab: LabState) => {asked: number, at: number, frame: number}}
 */
const clockOf = once(() => ({ asked: 0, at: 0, frame: 0 }));

/** @param {LabState} lab @param {number} now  milliseconds */
function tick(lab, now) {
  const begun = clockOf(lab);
  begun.asked = 0;
  const { isPlaying, speed } = lab.played.value;
  if (!isPlaying) return;
  const from = { frame: begun.frame, isPlaying, speed };
  const seconds = (now - begun.at) / 1000;
  if (isOver(from, seconds, lab.frames.value)) {
    lab.played.value = { frame: Infinity, isPlaying: false, speed };
    return;
  }
  const frame = frameAt(from, seconds, lab.frames.value);
  if (frame !== lab.played.value.frame) lab.played.value = { frame, isPlaying, speed };
  begun.asked = requestAnimationFrame((next) => tick(lab, next));
}

/** Begins to count the time anew from the frame that is shown. @param {LabState} lab */
function restart(lab) {
  const begun = clockOf(lab);
  Object.assign(begun, { at: performance.now(), frame: lab.playback.value.frame });
  if (begun.asked === 0) begun.asked = requestAnimationFrame((now) => tick(lab, now));
}

/** The frame that is looked at: that of the pinned cell, else the one it stands at. @param {LabState} lab */
function shownFrame(lab) {
  const place = lab.pinned.value;
  const frame = place && frameOfPlace(lab.experiment.value, lab.see.value, place);
  return frame !== null && frame < lab.frames.value ? frame : lab.playback.value.frame;
}

/** Plays from what is looked at; from the first frame where that is the last. @param {LabState} lab */
export function play(lab) {
  const { isPlaying, speed } = lab.playback.value;
  if (isPlaying || lab.frames.value === 0) return;
  const frame = shownFrame(lab);
  batch(() => {
    lab.pinned.value = null;
    lab.played.value = { frame: frame >= lab.frames.value - 1 ? 0 : frame, isPlaying: true, speed };
  });
  restart(lab);
}

/** Stops at the frame that is shown. @param {LabState} lab */
export function pause(lab) {
  if (!lab.played.value.isPlaying) return;
  lab.played.value = { ...lab.playback.value, isPlaying: false };
}

/** Goes some frames on or back, and stops there. @param {LabState} lab @param {number} by */
export function step(lab, by) {
  scrub(lab, shownFrame(lab) + by);
}

/** Goes to a frame, and stops there. @param {LabState} lab @param {number} frame */
export function scrub(lab, frame) {
  const last = Math.max(0, lab.frames.value - 1);
  batch(() => {
    lab.pinned.value = null;
    lab.played.value = {
      ...lab.played.value,
      frame: Math.min(Math.max(0, frame), last),
      isPlaying: false,
    };
  });
}

/** Shows all of the output, and nothing pinned. @param {LabState} lab */
export function finish(lab) {
  batch(() => {
    lab.pinned.value = null;
    lab.played.value = { ...lab.played.value, frame: Infinity, isPlaying: false };
  });
}

/** @param {LabState} lab @param {number} speed */
export function setSpeed(lab, speed) {
  lab.played.value = { ...lab.playback.value, speed };
  if (lab.played.value.isPlaying) restart(lab);
}
