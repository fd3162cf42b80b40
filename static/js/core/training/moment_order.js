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
 * The marks below moments that lie beside each other: the beginning, and then epochs, as many as find room.
 * @param {readonly Kept[]} moments
 * @param {number} wide  as many moments as a mark with a word has room below; a number takes half of that
 * @returns {{index: number, text: string}[]}
 */
export function momentMarks(moments, wide) {
  /** @type {{index: number, text: string}[]} */
  const marks = [];
  let free = 0;
  for (const [index, { epoch }] of moments.entries()) {
    const isFirst = marks.every(({ text }) => text === START);
    const text = epoch > 0 ? `${isFirst ? 'epoch ' : ''}${epoch}` : START;
    const isNew = epoch > 0 ? epoch > (moments[index - 1]?.epoch ?? 0) : index === 0;
    if (!isNew || index < free) continue;
    marks.push({ index, text });
    free = index + (text === String(epoch) ? wide / 2 : wide);
  }
  return marks;
}

const START = 'step 0';
