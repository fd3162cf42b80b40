import { html } from 'lit-html';

import { fixed, scientific } from '../../core/number.js';

/**
 * @typedef {import('../../state/lab/check.js').Check} Check
 */

/**
 * Our number of the explained value, PyTorch's, the difference, and the largest of all.
 * @param {{check: Check, ours: number | null, torch: number | null, count: number}} model
 */
export function checkLine({ check, ours, torch, count }) {
  return html`<dl class="lab-check" data-status=${check.status}>
    ${ours === null ? '' : part('ours', fixed(ours, 6))}
    ${ours === null ? '' : part('PyTorch', torch === null ? '…' : fixed(torch, 6))}
    ${ours === null || torch === null ? '' : part('difference', scientific(differenceOf(ours, torch)))}
    ${part('all values', allText(check, count))}
  </dl>`;
}

/**
 * @param {string} name
 * @param {string} text
 */
function part(name, text) {
  return html`<div><dt>${name}</dt> <dd>${text}</dd></div>`;
}

/** @param {number} ours @param {number} torch */
function differenceOf(ours, torch) {
  return Object.is(ours, torch) ? 0 : Math.abs(ours - torch);
}

/**
 * @param {Check} check
 * @param {number} count
 */
function allText({ status, largest }, count) {
  switch (status) {
    case 'equal':
      return `${count} of ${count} as PyTorch has them, to ${largest === 0 ? 'the last bit' : scientific(largest ?? 0)}`;
    case 'differs':
      return `largest difference to PyTorch ${scientific(largest ?? 0)}`;
    case 'unreachable':
      return 'PyTorch’s numbers cannot be fetched now';
    default:
      return 'PyTorch is being asked';
  }
}
