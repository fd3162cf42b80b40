// What is looked at, as texts for a link: the one table of signals and parameters beside those of the
// experiment.
//
// VIEW    name → how its text is read from the store and written to it

import { seeKindsOf } from '../../core/stage/place.js';
import { SPEEDS } from '../../core/stage/playback.js';
import { readRange, writeRange } from '../../core/link/sweep_code.js';
import { isTwice } from './comparison.js';
import { experiment } from './history.js';
import {
  chosenFilter,
  filter,
  other,
  overlay,
  photoName,
  pinned,
  playback,
  played,
  see,
  sweepRanges,
  USUAL_RANGES,
} from './store.js';

/**
 * `read` gives the text of what is shown, '' for what is usual; `write` shows what a text says, the
 * usual where it says nothing.
 * @typedef {{readonly read: () => string, readonly write: (text: string) => void}} Property
 */

const SIDES = /** @type {const} */ (['input', 'kernel', 'output']);
/** No row, column, channel or shift of ours has more digits. */
const WHOLE = /^-?\d{1,4}$/;

/**
 * Whole numbers between dots; null where one is none.
 * @param {string} text
 */
function wholes(text) {
  const parts = text.split('.');
  return parts.every((part) => WHOLE.test(part)) ? parts.map(Number) : null;
}

/** @param {import('./store.js').Place | null} place */
function placeText(place) {
  if (!place) return '';
  const { side, channel, row, column, filter: of } = place;
  return [side, channel, row, column, ...(of === undefined ? [] : [of])].join('.');
}

/**
 * @param {string} text
 * @returns {import('./store.js').Place | null}
 */
function placeFrom(text) {
  const [name, ...rest] = text.split('.');
  const side = SIDES.find((one) => one === name);
  const numbers = wholes(rest.join('.'));
  if (!side || !numbers || numbers.length < 3) return null;
  const [channel, row, column, of] = numbers;
  return { side, channel, row, column, ...(of === undefined ? {} : { filter: of }) };
}

/** @type {Record<string, Property>} */
export const VIEW = {
  see: {
    read: () => {
      const [usual] = seeKindsOf(experiment.value.operation);
      return see.value.kind === usual ? '' : see.value.kind;
    },
    write: (text) => {
      const kinds = seeKindsOf(experiment.value.operation);
      see.value = { kind: kinds.find((kind) => kind === text) ?? kinds[0] };
    },
  },
  filter: {
    read: () => (filter.value > 0 ? String(filter.value) : ''),
    write: (text) => (chosenFilter.value = Math.max(0, wholes(text)?.[0] ?? 0)),
  },
  pin: {
    read: () => placeText(pinned.value),
    write: (text) => (pinned.value = placeFrom(text)),
  },
  // While it plays the address stands still.
  frame: {
    read: () => {
      const { frame, isPlaying } = played.value;
      return isPlaying || frame === Infinity ? '' : String(playback.value.frame);
    },
    write: (text) => {
      const frame = wholes(text)?.[0] ?? Infinity;
      played.value = { ...played.value, frame: Math.max(0, frame), isPlaying: false };
    },
  },
  speed: {
    read: () => (played.value.speed === 1 ? '' : String(played.value.speed)),
    write: (text) => {
      const speed = SPEEDS.find((one) => String(one) === text) ?? 1;
      played.value = { ...played.value, speed };
    },
  },
  shift: {
    read: () => (overlay.value ? `${overlay.value.rows}.${overlay.value.columns}` : ''),
    write: (text) => {
      const [rows, columns] = wholes(text) ?? [];
      overlay.value = columns === undefined ? null : { rows, columns };
    },
  },
  // Whether what is compared is done twice in a row.
  twice: {
    read: () => (isTwice.value && other.value ? 'true' : ''),
    write: (text) => (isTwice.value = text === 'true'),
  },
  photo: {
    read: () => photoName.value ?? '',
    write: (text) => (photoName.value = /^[\w-]{1,64}$/.test(text) ? text : null),
  },
  ...Object.fromEntries(
    Object.keys(USUAL_RANGES).map((key) => {
      const name = /** @type {keyof typeof USUAL_RANGES} */ (key);
      /** @type {Property} */
      const property = {
        read: () => {
          const text = writeRange(name, sweepRanges.value[name]);
          return text === writeRange(name, USUAL_RANGES[name]) ? '' : text;
        },
        write: (text) => {
          const found = readRange(name, text);
          const isUsual = found === null && text !== writeRange(name, null);
          sweepRanges.value = {
            ...sweepRanges.value,
            [name]: isUsual ? USUAL_RANGES[name] : found,
          };
        },
      };
      return [`sweep_${name}`, property];
    }),
  ),
};
