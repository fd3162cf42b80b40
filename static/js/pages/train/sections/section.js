import { Instance } from '../../common/instance.js';

/**
 * A section of the left column as a part of the page: its view of the recipe, rendered anew when what it reads changes.
 * @template T
 * @param {(training: import('../../../state/train/training.js').Training) => T} read
 * @param {(model: T) => unknown} view
 * @returns {import('../instance.js').Part['mount']}
 */
export const sectionOf = (read, view) => (host, training) => {
  const instance = new Instance(host, 'train-section');
  instance.render(() => read(training), view, host);
  return () => instance.end();
};
