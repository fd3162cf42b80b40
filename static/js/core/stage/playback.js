// Playing an operation: which output cell is being made, as a function of the time.

/**
 * `frame` is the frame that playing begins at; `speed` 1 is the pace of a careful look.
 * @typedef {{readonly frame: number, readonly isPlaying: boolean, readonly speed: number}} Playback
 */

/** The speeds one can choose. */
export const SPEEDS = [0.25, 0.5, 1, 2, 4];

/** Frames a second at speed 1, where they are few. */
const PACE = 2;
/** However many frames there are, at speed 1 they take no longer than this. */
const LONGEST_SECONDS = 20;

/** How many frames follow one another in a second. @param {number} speed @param {number} frames */
export function framesPerSecond(speed, frames) {
  return speed * Math.max(PACE, frames / LONGEST_SECONDS);
}

/**
 * The frame that is shown after playing for some seconds.
 * @param {Playback} playback
 * @param {number} seconds  since playing began
 * @param {number} frames  how many there are
 */
export function frameAt({ frame, isPlaying, speed }, seconds, frames) {
  const last = Math.max(0, frames - 1);
  const start = Math.min(Math.max(0, frame), last);
  if (!isPlaying) return start;
  return Math.min(last, start + Math.floor(Math.max(0, seconds) * framesPerSecond(speed, frames)));
}

/**
 * Whether the last frame has been shown for as long as every other.
 * @param {Playback} playback
 * @param {number} seconds
 * @param {number} frames
 */
export function isOver({ frame, speed }, seconds, frames) {
  return frame + seconds * framesPerSecond(speed, frames) >= frames;
}
