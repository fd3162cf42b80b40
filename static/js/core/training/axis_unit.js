/**
 * What an axis of steps is counted in, and how many steps make one: epochs, or single steps where the
 * epochs of the runs on it are not equally long, or it is shorter than one.
 * @param {readonly {steps: number, recipe: {epochs: number}}[]} runs  at least one
 * @param {number} length  of the axis, in steps
 * @returns {{unit: 'epoch' | 'step', stepsPerUnit: number}}
 */
export function axisUnit(runs, length) {
  const [epoch, ...others] = runs.map(({ steps, recipe }) => steps / recipe.epochs);
  const isByEpoch = epoch <= length && others.every((each) => each === epoch);
  return isByEpoch ? { unit: 'epoch', stepsPerUnit: epoch } : { unit: 'step', stepsPerUnit: 1 };
}
