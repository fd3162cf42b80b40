// Where of a deep network something stands.

/**
 * @import {Station} from '../render/edges.js'
 * @typedef {{fold: {key: string}, first: string, last: string, depth: number}} Bracket  over its columns
 */

/** The bar above a deep network, a row of brackets, CSS px. */
const BAR_PX = 44;
export const BRACKET_PX = 24;
/** So far beyond what is seen of a deep network its layers are painted, too, CSS px. */
export const MARGIN_PX = 400;

/** Rows of brackets. @param {readonly Bracket[]} brackets */
export const depthOf = (brackets) => Math.max(0, ...brackets.map(({ depth }) => depth + 1));

/** What stands above a deep network, CSS px. @param {readonly Bracket[]} brackets */
export const heightAbove = (brackets) => BAR_PX + depthOf(brackets) * BRACKET_PX;

/**
 * The layers that are seen in the window, or nearly.
 * @param {readonly Station[]} stations
 * @param {{left: number, top: number}} origin  where their picture begins in the window
 */
export function inSight(stations, { left, top }) {
  const isNear = (
    /** @type {number} */ from,
    /** @type {number} */ size,
    /** @type {number} */ end,
  ) => from < end + MARGIN_PX && from + size > -MARGIN_PX;
  return stations
    .filter(
      (at) =>
        isNear(left + at.left, at.width, innerWidth) &&
        isNear(top + at.top, at.height, innerHeight),
    )
    .map(({ layer }) => layer.name);
}

/**
 * Places what tells of unfolded layers above them.
 * @param {Element} flow
 * @param {ReadonlyMap<string, HTMLElement>} pictures  by layer
 * @param {readonly Bracket[]} brackets
 */
export function placeBrackets(flow, pictures, brackets) {
  const origin = flow.getBoundingClientRect().left;
  const sectionOf = (/** @type {string} */ name) =>
    pictures.get(name)?.parentElement?.getBoundingClientRect();
  for (const { fold, first, last, depth } of brackets) {
    const [from, to] = [sectionOf(first), sectionOf(last)];
    /** @type {HTMLElement | null} */
    const bracket = flow.querySelector(`.flow-bracket[data-fold="${CSS.escape(fold.key)}"]`);
    if (!from || !to || !bracket) continue;
    bracket.style.left = `${from.left - origin}px`;
    bracket.style.width = `${to.right - from.left}px`;
    bracket.style.top = `${depth * BRACKET_PX}px`;
  }
}

/**
 * Tells a network's place whether the overview is wider than it, or has its last title where the tools stand,
 * which bars leave room for.
 * @param {HTMLElement} flow
 * @param {number} room  CSS px across
 */
export const tellWide = (flow, room) =>
  flow.parentElement?.toggleAttribute(
    'data-wide',
    flow.dataset.mode === 'overview' &&
      (flow.clientWidth > room || !flow.querySelector('.is-bars:last-child')),
  );
