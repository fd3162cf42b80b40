import '../../../elements/value_picture.js';
import { createAugmentedSheet } from '../../../state/train/augmented_sheet.js';
import { augmentedSheet } from '../../../views/train/augmented_sheet.js';
import { Instance } from '../../common/instance.js';

/**
 * A live sheet of the images that the next run learns from first.
 * @param {HTMLElement} host
 * @param {import('../../../state/train/training.js').Training} training
 */
export function mount(host, { signals }) {
  const instance = new Instance(host, 'augmented-sheet');
  const sheet = createAugmentedSheet(signals);
  instance.atEnd(sheet.end);
  const { pictures, isBusy } = sheet.signals;
  instance.render(() => ({ pictures: pictures.value, isBusy: isBusy.value }), augmentedSheet, host);
  return () => instance.end();
}
