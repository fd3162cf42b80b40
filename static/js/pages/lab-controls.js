/**
 * The left column: operation, input, kernel, settings.
 * @param {HTMLElement} host
 */
export function startControls(host) {
  host.classList.add('lab-controls');
}
