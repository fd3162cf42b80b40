// Which frames of the animation an exported film has, and how long each stays.

/** More frames than this no film has: every n-th is taken, the last one always. */
export const MOST_FRAMES = 240;

/** A film takes about this long, unless its frames are few. */
const LONGEST_MS = 24_000;
const SLOWEST_MS = 500;
const FASTEST_MS = 60;
/** The last frame stays, so that the whole output can be looked at. */
const LAST_MS = 1_500;

/**
 * The frames of a film: one an output position, as far as there are not too many.
 * @param {number} count  how many steps the operation takes
 */
export function filmOf(count) {
  const each = Math.max(1, Math.ceil(count / MOST_FRAMES));
  /** @type {number[]} */
  const frames = [];
  for (let frame = (count - 1) % each; frame < count; frame += each) frames.push(frame);
  // Browsers show a frame for a hundredth of a second or more, in whole ones.
  const share = LONGEST_MS / Math.max(1, frames.length);
  const delayMs = 10 * Math.round(Math.min(SLOWEST_MS, Math.max(FASTEST_MS, share)) / 10);
  return { frames, delayMs, lastMs: LAST_MS };
}
