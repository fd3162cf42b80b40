import { html } from 'lit-html';

import { fixed, scientific, count as written } from '../../core/number.js';

/**
 * What was compared with PyTorch: a name, and how many values of what.
 * @typedef {{
 *   status: 'waiting' | 'equal' | 'differs' | 'unreachable',
 *   largest: number | null,
 *   name: string,
 *   counts: readonly {count: number, of: string}[],
 * }} Checked
 */

/**
 * Our number of the explained value, PyTorch's, the difference, and the largest of all.
 * @param {{checked: Checked, ours: number | null, torch: number | null}} model
 */
export function checkLine({ checked, ours, torch }) {
  return html`<dl class="lab-check" data-status=${checked.status}>
    ${ours === null ? '' : part('ours', fixed(ours, 6))}
    ${ours === null ? '' : part('PyTorch', torch === null ? '…' : fixed(torch, 6))}
    ${ours === null || torch === null ? '' : part('difference', scientific(differenceOf(ours, torch)))}
    ${part(checked.name, allText(checked))}
  </dl>`;
}

/** @param {string} name @param {string} text */
function part(name, text) {
  return html`<div><dt>${name}</dt> <dd>${text}</dd></div>`;
}

/** @param {number} ours @param {number} torch */
function differenceOf(ours, torch) {
  return Object.is(ours, torch) ? 0 : Math.abs(ours - torch);
}

/** @param {Checked} checked */
function allText({ status, largest, counts }) {
  switch (status) {
    case 'equal': {
      const all = counts.map(
        ({ count, of }) => `${written(count)} of ${written(count)}${of && ` ${of}`}`,
      );
      const same = `${all.join(', ')} as PyTorch has them`;
      return `${same}, to ${largest === 0 ? 'the last bit' : scientific(largest ?? 0)}`;
    }
    case 'differs':
      return `largest difference to PyTorch ${scientific(largest ?? 0)}`;
    case 'unreachable':
      return 'PyTorch’s numbers cannot be fetched now';
    default:
      return 'PyTorch is being asked';
  }
}
