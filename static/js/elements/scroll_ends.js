/** Less than this beyond an edge is nothing, CSS px. */
const END_PX = 2;

/**
 * Says of what is scrolled on which sides there is more than is seen: `data-before`, `data-behind`.
 * @param {HTMLElement} scroller
 * @param {AbortSignal} signal
 */
export function watchEnds(scroller, signal) {
  const tell = () => {
    const rest = scroller.scrollWidth - scroller.clientWidth - scroller.scrollLeft;
    scroller.toggleAttribute('data-before', scroller.scrollLeft > END_PX);
    scroller.toggleAttribute('data-behind', rest > END_PX);
  };
  const watcher = new ResizeObserver(tell);
  for (const each of [scroller, ...scroller.children]) watcher.observe(each);
  signal.addEventListener('abort', () => watcher.disconnect());
  scroller.addEventListener('scroll', tell, { signal, passive: true });
}
