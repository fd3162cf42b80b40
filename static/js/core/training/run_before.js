/**
 * A run as far as it says what it learned from, and when.
 * @typedef {{readonly created: number, readonly best: unknown,
 *   readonly recipe: {readonly dataset: string, readonly [further: string]: unknown}}} Learned
 */

/** What a run learned to tell apart, as a text: an own data set names its classes, which may change. @param {Learned} run */
function taskOf({ recipe }) {
  const data = /** @type {{classes?: readonly string[]} | null | undefined} */ (recipe.data);
  return JSON.stringify([recipe.dataset, data?.classes ?? []]);
}

/**
 * The newest run before one that came to something, among those of the same data set and the same classes:
 * numbers of others say nothing about its own.
 * @template {Learned} R
 * @param {Learned} run
 * @param {readonly R[]} runs  the newest first
 * @returns {R | undefined}
 */
export const runBefore = (run, runs) =>
  runs.find((each) => each.created < run.created && each.best && taskOf(each) === taskOf(run));
