import { html } from 'lit-html';

import { nameParts } from '../core/layers/map_size.js';

/** A layer's name within a text: words with dots between them, no numbers. */
const NAMES = /([A-Za-z_]\w*(?:\.\w+)+)/;

/** A layer's name whose line may break behind its dots. @param {string} name */
export const breakableName = (name) =>
  nameParts(name).map((part, place) => (place ? html`<wbr />${part}` : part));

/** A text whose lines may break as those of `breakableName` where it names layers. @param {string} text */
export const breakable = (text) =>
  text.split(NAMES).map((part, place) => (place % 2 ? breakableName(part) : part));
