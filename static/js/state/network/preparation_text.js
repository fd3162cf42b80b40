import { withPiece } from '../../core/drawing/strokes.js';
import { choice } from './choice_text.js';

/**
 * @import {Network} from './network.js'
 * @import {Preparation} from './paper.js'
 * @import {Property} from './text.js'
 */

const SWITCHES = /** @type {const} */ (['crop', 'box', 'centre', 'border']);
const INVERTS = /** @type {const} */ (['auto', 'always', 'never']);

/**
 * What is prepared as before stays the same one: another is another picture, of which all is asked anew.
 * @param {Network} network
 * @param {Partial<Preparation>} change
 */
function prepare({ signals: { preparation } }, change) {
  const [now, next] = [preparation.value, { ...preparation.value, ...change }];
  const names = /** @type {(keyof Preparation)[]} */ (Object.keys(change));
  if (names.some((name) => now[name] !== next[name])) preparation.value = next;
}

/** The steps of a picture's preparation, as parameters of a link. @type {Record<string, Property>} */
export const STEP_PROPERTIES = {
  without: {
    read: ({ preparation }) => SWITCHES.filter((name) => !preparation[name]).join('.'),
    write: (network, text) => {
      const off = text.split('.');
      prepare(network, Object.fromEntries(SWITCHES.map((name) => [name, !off.includes(name)])));
      return off.every((name) => SWITCHES.some((known) => known === name));
    },
  },
  invert: choice(
    ({ preparation }) => preparation.invert,
    (network, invert) => prepare(network, { invert }),
    INVERTS,
  ),
};

/** Which piece of a drawing is read by itself. @type {Record<string, Property>} */
export const PIECE_PROPERTY = {
  piece: {
    read: ({ preparation: { piece } }) => (piece === null ? '' : String(piece)),
    write: (network, text) => {
      const isNumber = /^\d{1,3}$/.test(text);
      const piece = isNumber ? Number(text) : null;
      const { drawing } = network.signals;
      drawing.value = withPiece(drawing.value, piece);
      prepare(network, { piece });
      return isNumber;
    },
  },
};
