// The moments of a run that are kept: which are wanted next, and the marks below them.

/** One of them, as the run tells of it. @typedef {{readonly step: number, readonly epoch: number}} Kept */

/**
 * The others, the nearest first, of two as near the later one: what is prepared before it is asked for.
 * @template T
 * @param {readonly T[]} moments  in their order
 * @param {number} at  the index of the one that is shown
 * @returns {T[]}
 */
export function nearestFirst(moments, at) {
  const far = (/** @type {number} */ index) => Math.abs(index - at) - (index > at ? 0.5 : 0);
  return moments
    .map((moment, index) => ({ moment, index }))
    .filter(({ index }) => index !== at)
    .sort((a, b) => far(a.index) - far(b.index))
    .map(({ moment }) => moment);
}

/**
 * The marks below moments that lie beside each other: where the steps within the first epoch begin, and
 * then epochs, no more than find room.
 * @param {readonly Kept[]} moments
 * @param {number} most  marks
 * @returns {{index: number, text: string}[]}
 */
export function momentMarks(moments, most) {
  const epochs = moments.flatMap(({ epoch }, index) =>
    epoch > (moments[index - 1]?.epoch ?? 0) ? [{ index, text: String(epoch) }] : [],
  );
  const gap = Math.ceil(moments.length / Math.max(1, most));
  /** @type {{index: number, text: string}[]} */
  const marks = moments.length > 0 && moments[0].epoch === 0 ? [{ index: 0, text: 'step 0' }] : [];
  for (const mark of epochs) {
    const before = marks.at(-1);
    const room = before?.text.startsWith('step') ? Math.max(2, gap) : gap;
    if (!before || mark.index - before.index >= room) marks.push(mark);
  }
  return marks.map((mark, at) =>
    at === marks.findIndex(({ text }) => !text.startsWith('step'))
      ? { ...mark, text: `epoch ${mark.text}` }
      : mark,
  );
}
