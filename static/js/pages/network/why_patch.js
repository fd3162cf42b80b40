import { BY_HAND } from '../../core/attribution/methods.js';
import { covered, fillOf } from '../../core/attribution/picture.js';
import { measuresOf } from '../../core/attribution/measures.js';
import { scoreText } from '../../core/attribution/words.js';
import { significant } from '../../core/number.js';

/**
 * @import {ClassName, Told} from '../../core/attribution/words.js'
 * @import {Network} from '../../state/network/network.js'
 * @import {Why} from '../../state/network/why.js'
 */

/** The patch that is moved by hand among the methods. */
export const HAND = {
  choice: { value: BY_HAND, text: 'By hand' },
  way: {
    title: 'A patch moved by hand',
    shows: (/** @type {Told} */ { score }) =>
      `Shows what becomes of ${score} when a part of the picture is covered.`,
    hides: () =>
      'Does not show that the part mattered by itself: a covered picture is one the network never met.',
  },
};

/** What a patch is filled with, in words. @param {readonly number[]} fill  a value a channel */
function fillText(fill) {
  const values = fill.map((value) => significant(value)).join(', ');
  if (fill.some((value) => value > 0))
    return `the mean of the training pictures (${values}), which is 0 once normalized`;
  return fill.length === 1 ? '0, empty paper' : '0, black';
}

/** @param {ArrayLike<number>} probabilities @param {readonly string[]} classes */
function topOf(probabilities, classes) {
  const values = Array.from(probabilities);
  const probability = Math.max(...values);
  return { label: classes[values.indexOf(probability)] ?? '', probability };
}

/**
 * The patch over the picture, and what the network makes of it; null before there is a picture.
 * @param {Network} network
 * @param {Why} why
 * @param {ClassName} asked
 * @param {ClassName | null} against  what it is compared with
 */
export function patchOf(network, { signals }, asked, against) {
  const { bare, image, normalization, patch, patched } = signals;
  const [seen, at, before] = [image.value, patch.value, bare.value];
  if (!seen || !at || !before) return null;
  const fill = fillOf(at, normalization.value);
  const after = patched.value?.outcome;
  const [, rows, columns] = seen.shape;
  return {
    board: { image: covered(seen, at, fill), patch: at },
    most: Math.min(rows, columns),
    fillText: fillText(fill),
    of: against ? scoreText(asked, against) : asked.label,
    readings: measuresOf(asked, against).map((measure) => ({
      measure,
      before: measure.of(before),
      after: after ? measure.of(after) : null,
    })),
    seen: after ? topOf(after.probabilities, network.signals.outline.value?.classes ?? []) : null,
    prefix: '',
  };
}
