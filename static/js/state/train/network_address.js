import { ROOT } from '../../api/root.js';

/**
 * Where a network stands open on the Network page, with a drawing on its paper.
 * @param {string} network  its name
 * @param {string} ink  the drawing as a link has it; '' for the usual one
 */
export function networkAddress(network, ink) {
  const fields = new URLSearchParams({ network });
  if (ink) fields.set('ink', ink);
  return `${ROOT}#${fields}`;
}
