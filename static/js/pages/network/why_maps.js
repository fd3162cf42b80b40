import { methodNamed } from '../../core/attribution/methods.js';
import { placesOf, rangeOf } from '../../core/attribution/places.js';
import { placeText, resolutionText } from '../../core/attribution/words.js';
import { namesText } from '../../core/sentences.js';
import { once } from '../../core/once.js';

/**
 * @import {Method} from '../../core/attribution/methods.js'
 * @import {Network} from '../../state/network/network.js'
 * @import {Answer, Why} from '../../state/network/why.js'
 */

/** The maps of an answer and what their colours span: those of the trained network, then of the random one. */
const mapsOf = once((/** @type {Answer} */ { tensors, asked }) => {
  const { channels, isSpiky } = /** @type {Method} */ (methodNamed(asked.question.method));
  return ['attribution', 'randomized'].flatMap((name) => {
    const tensor = tensors.get(name);
    if (!tensor) return [];
    const places = placesOf(tensor, channels);
    return [{ places, ...rangeOf(places, isSpiky) }];
  });
});

/** What stands above each map. @param {Answer} answer */
function titlesOf({ document: { randomized } }) {
  if (!randomized) return ['The map'];
  const { layers } = randomized;
  const named = layers.length > 3 ? `${layers.length} layers` : namesText(layers);
  return ['As trained', `${named} random`];
}

/**
 * The maps of the newest answer, an older one as long as its own is awaited; where there is none, the
 * picture alone.
 * @param {Network} network
 * @param {Why} why
 */
export function figuresOf({ signals: { outline } }, { signals }) {
  const { answer, image, isAnswered, isOver, isWaiting, place, question } = signals;
  const found = answer.value;
  const isOfMethod =
    found !== null &&
    (isAnswered.value || isWaiting.value) &&
    found.asked.network === outline.value?.name &&
    found.asked.question.method === question.value.method;
  if (!isOfMethod) {
    const seen = image.value;
    const map = seen && { image: seen, places: null, limit: 0, isOver: true, cursor: null };
    const bare = { title: 'The picture', description: 'The picture', isSigned: false, largest: 0 };
    const readout = isWaiting.value ? 'The map is on its way.' : '';
    const now = { readout, isWalked: false, isOutdated: false };
    return {
      isOfMethod,
      layer: '',
      resolution: '',
      figures: map ? [{ ...bare, ...now, map }] : [],
    };
  }
  const titles = titlesOf(found);
  const { isSigned, pixel } = /** @type {Method} */ (methodNamed(found.asked.question.method));
  const maps = mapsOf(found);
  const figures = maps.map(({ places, limit, largest, strongest }, i) => ({
    title: titles[i],
    description: `${titles[i]}: ${places.rows} by ${places.columns} places. Arrow keys walk over them.`,
    map: {
      image: found.asked.image,
      places,
      limit,
      isOver: isOver.value,
      cursor: place.value,
    },
    isSigned,
    largest,
    readout: place.value
      ? placeText(places, place.value, largest)
      : largest > 0
        ? `largest at ${placeText(places, strongest, 0)}`
        : 'zero everywhere',
    isWalked: Boolean(place.value?.isWalked),
    isOutdated: isWaiting.value,
  }));
  return {
    isOfMethod,
    layer: found.document.layer ?? '',
    resolution: resolutionText(maps[0].places, found.asked.image.shape, pixel),
    figures,
  };
}
