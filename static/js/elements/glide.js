/** How long things move, and how. */
const DURATION_MS = 240;
const EASING = 'cubic-bezier(0.3, 0, 0.2, 1)';

/**
 * Where elements are now, to glide from once they stand elsewhere.
 * @param {Iterable<HTMLElement>} elements
 * @returns {Map<HTMLElement, DOMRect>}
 */
export function places(elements) {
  return new Map([...elements].map((element) => [element, element.getBoundingClientRect()]));
}

/**
 * Lets elements glide from where they were to where they stand: what is clicked stays, the rest
 * moves aside. With reduced motion they jump.
 * @param {Map<HTMLElement, DOMRect>} before
 */
export function glideFrom(before) {
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (const [element, from] of before) {
    const to = element.getBoundingClientRect();
    if (!element.isConnected || from.width === 0 || to.width === 0) continue;
    const move = `translate(${from.left - to.left}px, ${from.top - to.top}px)`;
    const size = `scale(${from.width / to.width}, ${from.height / to.height})`;
    element.animate(
      [
        { transformOrigin: '0 0', transform: `${move} ${size}` },
        { transformOrigin: '0 0', transform: 'none' },
      ],
      { duration: DURATION_MS, easing: EASING },
    );
  }
}
