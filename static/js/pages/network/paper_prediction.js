import { render } from 'lit-html';

import { percent } from '../../core/number.js';
import { actInFrames } from '../common/frames.js';
import { whyButtonOf } from './why_place.js';

/** How many classes are named, the first of them large where it is no longer than so many letters. */
const NAMED = 3;
const LARGE_UP_TO = 14;

/** The classes with the largest probabilities, best first. @param {ArrayLike<number>} probabilities */
const best = (probabilities) =>
  Array.from(probabilities, (value, unit) => ({ value, unit }))
    .sort((a, b) => b.value - a.value)
    .slice(0, NAMED);

/**
 * Keeps the prediction that stands above the paper on narrow screens, where the bars are far below.
 * Its place has a fixed size, so that nothing else is laid out anew while the pen moves. A remark stands
 * there instead of all classes but the first; that a network was not trained, instead of all.
 * @param {import('./instance.js').NetworkInstance} instance
 */
export function startPrediction(instance) {
  const { activations, isBlank, isUnnamed, outline, outputLayer, remark } =
    instance.network.signals;
  const host = instance.place('prediction');
  const parts = Array.from({ length: NAMED }, () => {
    const part = document.createElement('span');
    const label = document.createElement('strong');
    const text = new Text();
    part.append(label, text);
    return { part, label, text };
  });
  const note = document.createElement('em');
  note.className = 'paper-remark';
  const why = document.createElement('div');
  instance.effect(() => render(whyButtonOf(instance.network, instance.told.value.prediction), why));
  const read = () => [activations, isBlank, isUnnamed, outline, remark].map(({ value }) => value);
  const show = () => {
    const probabilities = activations.value.get(outputLayer.value)?.data;
    if (isUnnamed.value) {
      note.textContent = remark.value;
      host.classList.add('is-remarked');
      return void host.replaceChildren(note);
    }
    if (!probabilities) return;
    if (isBlank.value) return void (host.textContent = 'No digit: the network sees no ink.');
    if (parts[0].part.parentNode !== host)
      host.replaceChildren(...parts.map(({ part }) => part), note, why);
    note.textContent = remark.value;
    host.classList.toggle('is-remarked', remark.value !== '');
    for (const [index, { value, unit }] of best(probabilities).entries()) {
      const label = outline.value?.classes[unit] ?? String(unit);
      parts[index].label.textContent = label;
      parts[index].part.classList.toggle('is-long', index === 0 && label.length > LARGE_UP_TO);
      parts[index].text.data = ` ${percent(value)}`;
    }
  };
  instance.atEnd(actInFrames(read, show, instance.afterPicture));
}
