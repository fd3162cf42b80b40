/**
 * The stage of the Lab.
 * @param {HTMLElement} host
 */
export function startStage(host) {
  host.classList.add('lab-stage');
}
