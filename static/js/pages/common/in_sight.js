import { signal } from '@preact/signals-core';

/** What is so far from being seen is on its way there, CSS px. */
const NEAR = '200px';

/**
 * Whether an element is seen, or about to be.
 * @param {Element} element
 * @param {AbortSignal} living  as long as that is of interest
 * @returns {import('@preact/signals-core').ReadonlySignal<boolean>}
 */
export function inSight(element, living) {
  const is = signal(false);
  const observer = new IntersectionObserver(
    (changes) => void (is.value = changes.at(-1)?.isIntersecting ?? false),
    { rootMargin: NEAR },
  );
  observer.observe(element);
  living.addEventListener('abort', () => observer.disconnect());
  return is;
}
