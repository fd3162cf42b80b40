/** Scrolls both networks so that the same depth is in sight. @param {readonly Element[]} scrollers @param {AbortSignal} signal */
export function scrollTogether(scrollers, signal) {
  /** The one that a scroll of ours moves. @type {Element | null} */
  let led = null;
  scrollers.forEach((one, at) => {
    const other = scrollers[1 - at];
    const lead = () => {
      if (led === one) return void (led = null);
      const [room, its] = [one, other].map(
        ({ scrollWidth, clientWidth }) => scrollWidth - clientWidth,
      );
      const left = Math.round(room > 0 ? (one.scrollLeft / room) * its : 0);
      if (Math.abs(other.scrollLeft - left) < 1) return;
      led = other;
      other.scrollLeft = left;
    };
    one.addEventListener('scroll', lead, { signal, passive: true });
  });
}
