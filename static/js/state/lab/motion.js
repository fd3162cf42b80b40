// Playing: one request for an animation frame at a time, and only while something plays.
//
// play(), pause(), step(by), scrub(frame), finish(), setSpeed(speed)

import { batch } from '@preact/signals-core';

import { frameAt, isOver } from '../../core/stage/playback.js';
import { frameOfPlace } from '../../core/stage/place.js';
import { experiment, frames, pinned, playback, played, see } from './store.js';

/** The animation frame that was asked for; 0 where none is. */
let asked = 0;
/** When playing began, and from which frame. */
let begun = { at: 0, frame: 0 };

/** @param {number} now  milliseconds */
function tick(now) {
  asked = 0;
  const { isPlaying, speed } = played.value;
  if (!isPlaying) return;
  const from = { frame: begun.frame, isPlaying, speed };
  const seconds = (now - begun.at) / 1000;
  if (isOver(from, seconds, frames.value)) {
    played.value = { frame: Infinity, isPlaying: false, speed };
    return;
  }
  const frame = frameAt(from, seconds, frames.value);
  if (frame !== played.value.frame) played.value = { frame, isPlaying, speed };
  asked = requestAnimationFrame(tick);
}

/** Begins to count the time anew from the frame that is shown. */
function restart() {
  begun = { at: performance.now(), frame: playback.value.frame };
  if (asked === 0) asked = requestAnimationFrame(tick);
}

/** The frame that is looked at: that of the pinned cell, else the one it stands at. */
function shownFrame() {
  const place = pinned.value;
  const frame = place && frameOfPlace(experiment.value, see.value, place);
  return frame !== null && frame < frames.value ? frame : playback.value.frame;
}

/** Plays from what is looked at; from the first frame where that is the last. */
export function play() {
  const { isPlaying, speed } = playback.value;
  if (isPlaying || frames.value === 0) return;
  const frame = shownFrame();
  batch(() => {
    pinned.value = null;
    played.value = { frame: frame >= frames.value - 1 ? 0 : frame, isPlaying: true, speed };
  });
  restart();
}

/** Stops at the frame that is shown. */
export function pause() {
  if (!played.value.isPlaying) return;
  played.value = { ...playback.value, isPlaying: false };
}

/**
 * Goes some frames on or back, and stops there.
 * @param {number} by
 */
export function step(by) {
  scrub(shownFrame() + by);
}

/**
 * Goes to a frame, and stops there.
 * @param {number} frame
 */
export function scrub(frame) {
  const last = Math.max(0, frames.value - 1);
  batch(() => {
    pinned.value = null;
    played.value = { ...played.value, frame: Math.min(Math.max(0, frame), last), isPlaying: false };
  });
}

/** Shows all of the output, and nothing pinned. */
export function finish() {
  batch(() => {
    pinned.value = null;
    played.value = { ...played.value, frame: Infinity, isPlaying: false };
  });
}

/** @param {number} speed */
export function setSpeed(speed) {
  played.value = { ...playback.value, speed };
  if (played.value.isPlaying) restart();
}
