/**
 * The side of the Lab.
 * @param {HTMLElement} host
 */
export function startSide(host) {
  host.classList.add('lab-side');
}
