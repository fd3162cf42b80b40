/**
 * Lets the reader say "7, 99.9 %" once the drawing rests, and which network says so where it is another.
 * @param {import('./instance.js').NetworkInstance} instance
 */
export function startAnnouncing(instance) {
  const { forward, isBlank, outline, remark } = instance.network.signals;
  const host = instance.place('status');
  /** The title of the network that was said last, or shown first. */
  let said = outline.value?.title;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  instance.effect(() => {
    const prediction = forward.value?.document.prediction;
    clearTimeout(timer);
    if (!prediction) return;
    const text = isBlank.value
      ? 'The paper is empty.'
      : `The network sees ${prediction.label}, ${(100 * prediction.probability).toFixed(1)} percent. ${remark.value}`;
    const title = outline.value?.title;
    timer = setTimeout(() => {
      host.textContent = title === said ? text : `${title} is shown. ${text}`;
      said = title;
    }, 700);
  });
}
