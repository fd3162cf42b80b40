// An instrument is an element with [data-instrument]. Of several on one page, keys, pasted and dropped
// things go to the one they happen in; those that happen in none go to the one used last, which has
// [data-current].

const INSTRUMENT = '[data-instrument]';

/** What is written into, which keeps its keys and what is pasted. */
export const FIELDS =
  'textarea, [contenteditable], input:not([type=file], [type=radio], [type=checkbox], [type=range])';

/** Makes an element an instrument. @param {HTMLElement} host @param {AbortSignal} living */
export function beInstrument(host, living) {
  const take = () => {
    for (const one of document.querySelectorAll(INSTRUMENT)) {
      one.toggleAttribute('data-current', one === host);
    }
  };
  host.toggleAttribute('data-instrument', true);
  for (const type of ['focusin', 'pointerdown']) {
    host.addEventListener(type, take, { signal: living });
  }
  if (!document.querySelector(`${INSTRUMENT}[data-current]`)) take();
  living.addEventListener('abort', () => {
    host.removeAttribute('data-instrument');
    host.removeAttribute('data-current');
  });
}

/**
 * Whether what happens at a target is meant for the instrument that an element belongs to. On a page
 * without instruments all is.
 * @param {Element} element
 * @param {EventTarget | null} target
 */
export function isMeantFor(element, target) {
  const own = element.closest(INSTRUMENT);
  const there = target instanceof Element ? target.closest(INSTRUMENT) : null;
  if (!own) return true;
  return there ? there === own : own.hasAttribute('data-current');
}
