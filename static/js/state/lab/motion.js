// Playing: one request for an animation frame at a time, and only while something plays.
//
// play(), pause(), step(by), scrub(frame), setSpeed(speed)

import { frameAt, isOver } from '../../core/lab/playback.js';
import { frames, playback, played } from './store.js';

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

/** Plays from where it stands; from the first frame where all has been played. */
export function play() {
  const { frame, isPlaying, speed } = playback.value;
  if (isPlaying || frames.value === 0) return;
  played.value = { frame: frame >= frames.value - 1 ? 0 : frame, isPlaying: true, speed };
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
  scrub(playback.value.frame + by);
}

/**
 * Goes to a frame, and stops there.
 * @param {number} frame
 */
export function scrub(frame) {
  const last = Math.max(0, frames.value - 1);
  played.value = { ...played.value, frame: Math.min(Math.max(0, frame), last), isPlaying: false };
}

/** Shows all of the output. */
export function finish() {
  played.value = { ...played.value, frame: Infinity, isPlaying: false };
}

/** @param {number} speed */
export function setSpeed(speed) {
  played.value = { ...playback.value, speed };
  if (played.value.isPlaying) restart();
}
