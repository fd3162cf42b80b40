import { fixed, percent, significant } from '../number.js';

/**
 * @import {Places} from './places.js'
 * @typedef {{index: number, label: string}} ClassName
 *
 * What integrated gradients add up to.
 * @typedef {{total: number, score: number, score_of_paper: number, difference: number}} Completeness
 */

/** What is asked. @param {ClassName | undefined} index @param {ClassName | null | undefined} against */
export const askedText = (index, against) =>
  `Why ${index?.label ?? 'this'}${against ? ` and not ${against.label}` : ''}`;

/** What is explained, as it stands in a sentence. @param {ClassName} index @param {ClassName | null} against */
export const scoreText = (index, against) =>
  against
    ? `the logit of ${index.label} less that of ${against.label}`
    : `the logit of ${index.label}`;

/**
 * What a method tells of, within its sentences.
 * @typedef {object} Told
 * @property {string} score  what is explained
 * @property {string} favour  what a place speaks for
 * @property {string} disfavour  what it speaks for, or against, where it does the opposite
 * @property {string} either  both of them
 */

/** @param {ClassName} asked @param {ClassName | null} against @returns {Told} */
export function toldOf(asked, against) {
  if (!against)
    return {
      score: 'the answer',
      favour: 'for the class',
      disfavour: 'against the class',
      either: 'for or against the class',
    };
  return {
    score: 'the difference of the two logits',
    favour: `for ${asked.label} rather than ${against.label}`,
    disfavour: `for ${against.label} rather than ${asked.label}`,
    either: `for ${asked.label} or for ${against.label}`,
  };
}

/**
 * One place in figures.
 * @param {Places} places
 * @param {{row: number, column: number}} at
 * @param {number} largest  of all
 */
export function placeText({ values, columns }, { row, column }, largest) {
  const value = values[row * columns + column];
  const share = largest > 0 ? `, ${percent(Math.abs(value) / largest)} of the largest` : '';
  return `row ${row}, column ${column}: ${significant(value, 4)}${share}`;
}

/**
 * How large a map is beside the picture, and how that is drawn.
 * @param {Places} places
 * @param {readonly number[]} shape  of the image
 * @param {string} pixel  what a pixel has, where each has a value of its own
 */
export function resolutionText({ rows, columns }, [, height, width], pixel) {
  if (rows === height && columns === width) return `${rows}×${columns} pixels, each with ${pixel}`;
  const across = [height / rows, width / columns].map((pixels) =>
    Number.isInteger(pixels) ? String(pixels) : significant(pixels),
  );
  const size = across[0] === across[1] ? across[0] : across.join('×');
  return `${rows}×${columns} places over ${height}×${width} pixels: each is drawn as one cell, ${size} pixels wide`;
}

// Sundararajan et al. 2017, section 5: steps enough bring the sum within a twentieth.
const MOST_LEFT = 0.05;
const ROUGH =
  'That is more than a twentieth: what is explained turns too sharply on the way for so few steps, and the map is a rough one.';

/**
 * How much of the difference is left over, and what that means for the map.
 * @param {Completeness} complete
 */
export function remainderText({ total, difference }) {
  const rest = difference - total;
  if (difference === 0) return `The steps leave ${significant(rest)} of it.`;
  const share = Math.abs(rest / difference);
  const told = `The steps leave ${significant(rest, 2)} of it, ${percent(share)}.`;
  return share > MOST_LEFT ? `${told} ${ROUGH}` : told;
}

/**
 * How alike the maps of the trained and of the random network are, and what that says.
 * @param {number | null} correlation
 */
export function likenessText(correlation) {
  if (correlation === null)
    return 'One of the two maps is the same everywhere: there is no order to compare.';
  const said =
    Math.abs(correlation) > 0.5
      ? 'the places keep much of their order, so the method hardly notices what was unlearned'
      : 'the places lose their order, so the method notices what was unlearned';
  return `Rank correlation ${fixed(correlation, 2)}: ${said}.`;
}

/** By how much a probability has moved. @param {number} before @param {number} after */
export function movedText(before, after) {
  const points = fixed(100 * Math.abs(after - before), 1);
  if (points === '0.0') return 'stays as it was';
  return `${after < before ? 'falls' : 'rises'} by ${points} points`;
}

/** By how much a logit, or a difference of two, has moved. @param {number} before @param {number} after */
export function movedByText(before, after) {
  if (after === before) return 'stays as it was';
  return `${after < before ? 'falls' : 'rises'} by ${significant(Math.abs(after - before))}`;
}
