// What is looked at, as texts for a link: the one table of signals and parameters beside those of the
// experiment.

import { seeKindsOf } from '../../core/stage/place.js';
import { SPEEDS } from '../../core/stage/playback.js';
import { readRange, writeRange } from '../../core/link/sweep_code.js';
import { USUAL_RANGES } from './store.js';

/** @import {LabState, Place} from './store.js' */

/**
 * `read` gives the text of what a Lab shows, '' for what is usual; `write` shows what a text says, the
 * usual where it says nothing, and is false where a text cannot be read.
 * @typedef {{readonly read: (lab: LabState) => string,
 *   readonly write: (lab: LabState, text: string) => unknown}} Property
 */

const SIDES = /** @type {const} */ (['input', 'kernel', 'output']);
/** No row, column, channel or shift of ours has more digits. */
const WHOLE = /^-?\d{1,4}$/;

/** Whole numbers between dots; null where one is none. @param {string} text */
function wholes(text) {
  const parts = text.split('.');
  return parts.every((part) => WHOLE.test(part)) ? parts.map(Number) : null;
}

/** @param {Place | null} place */
function placeText(place) {
  if (!place) return '';
  const { side, channel, row, column, filter: of } = place;
  return [side, channel, row, column, ...(of === undefined ? [] : [of])].join('.');
}

/** @param {string} text @returns {Place | null} */
function placeFrom(text) {
  const [name, ...rest] = text.split('.');
  const side = SIDES.find((one) => one === name);
  const numbers = wholes(rest.join('.'));
  if (!side || !numbers || numbers.length < 3) return null;
  const [channel, row, column, of] = numbers;
  return { side, channel, row, column, ...(of === undefined ? {} : { filter: of }) };
}

/** How each text is read from the store and written to it. @type {Record<string, Property>} */
export const VIEW = {
  see: {
    read: (lab) => {
      const [usual] = seeKindsOf(lab.experiment.value.operation);
      return lab.see.value.kind === usual ? '' : lab.see.value.kind;
    },
    write: (lab, text) => {
      const kinds = seeKindsOf(lab.experiment.value.operation);
      const found = kinds.find((kind) => kind === text);
      lab.see.value = { kind: found ?? kinds[0] };
      return found !== undefined;
    },
  },
  filter: {
    read: (lab) => (lab.filter.value > 0 ? String(lab.filter.value) : ''),
    write: (lab, text) => {
      const [filter] = wholes(text) ?? [];
      lab.chosenFilter.value = Math.max(0, filter ?? 0);
      return filter !== undefined && filter >= 0;
    },
  },
  pin: {
    read: (lab) => placeText(lab.pinned.value),
    write: (lab, text) => {
      lab.pinned.value = placeFrom(text);
      return lab.pinned.value !== null;
    },
  },
  // While it plays the address stands still.
  frame: {
    read: (lab) => {
      const { frame, isPlaying } = lab.played.value;
      return isPlaying || frame === Infinity ? '' : String(lab.playback.value.frame);
    },
    write: (lab, text) => {
      const frame = wholes(text)?.[0] ?? Infinity;
      lab.played.value = { ...lab.played.value, frame: Math.max(0, frame), isPlaying: false };
      return frame !== Infinity;
    },
  },
  speed: {
    read: (lab) => (lab.played.value.speed === 1 ? '' : String(lab.played.value.speed)),
    write: (lab, text) => {
      const speed = SPEEDS.find((one) => String(one) === text);
      lab.played.value = { ...lab.played.value, speed: speed ?? 1 };
      return speed !== undefined;
    },
  },
  shift: {
    read: (lab) =>
      lab.overlay.value ? `${lab.overlay.value.rows}.${lab.overlay.value.columns}` : '',
    write: (lab, text) => {
      const [rows, columns] = wholes(text) ?? [];
      lab.overlay.value = columns === undefined ? null : { rows, columns };
      return columns !== undefined;
    },
  },
  // Whether what is compared is done twice in a row.
  twice: {
    read: (lab) => (lab.comparison.isTwice.value && lab.other.value ? 'true' : ''),
    write: (lab, text) => {
      lab.comparison.isTwice.value = text === 'true';
      return ['true', 'false'].includes(text);
    },
  },
  photo: {
    read: (lab) => lab.photoName.value ?? '',
    write: (lab, text) => {
      lab.photoName.value = /^[\w-]{1,64}$/.test(text) ? text : null;
      return lab.photoName.value !== null;
    },
  },
  ...Object.fromEntries(
    Object.keys(USUAL_RANGES).map((key) => {
      const name = /** @type {keyof typeof USUAL_RANGES} */ (key);
      /** @type {Property} */
      const property = {
        read: (lab) => {
          const text = writeRange(name, lab.sweepRanges.value[name]);
          return text === writeRange(name, USUAL_RANGES[name]) ? '' : text;
        },
        write: (lab, text) => {
          const found = readRange(name, text);
          const isUsual = found === null && text !== writeRange(name, null);
          lab.sweepRanges.value = {
            ...lab.sweepRanges.value,
            [name]: isUsual ? USUAL_RANGES[name] : found,
          };
        },
      };
      return [`sweep_${name}`, property];
    }),
  ),
};
