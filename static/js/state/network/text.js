import { decodeDrawing, encodeDrawing } from '../../core/drawing/drawing_code.js';
import { unknownOf, unreadOf } from '../../core/link_words.js';
import { isUntouchedExample } from '../../core/drawing/strokes.js';
import { ZOOMS, validView } from './actions.js';
import { choice } from './choice_text.js';
import { FIELD_PROPERTIES } from './field_text.js';
import { INPUT_PROPERTIES } from './input_text.js';
import { PIECE_PROPERTY, STEP_PROPERTIES } from './preparation_text.js';
import { restore } from './restore.js';
import { USUAL, layerNamed } from './store.js';
import { FOLD_PROPERTIES } from './fold_text.js';
import { viewFrom, viewText } from './view_text.js';
import { WHY_PROPERTIES } from './why_text.js';

/**
 * @import {Network} from './network.js'
 * @import {Drawing, Preparation} from './paper.js'
 * @import {View} from './store.js'
 * @typedef {{name: string, text: string, reason?: string}} Unread
 *
 * What a text tells of.
 * @typedef {{readonly network: string, readonly beside: string,
 *   readonly unfolded: ReadonlySet<string>, readonly view: View,
 *   readonly rangeMode: import('../../core/range.js').RangeMode, readonly zoom: number,
 *   readonly sees: '' | 'field', readonly looks: '' | 'large',
 *   readonly pixel: import('../../core/receptive_field.js').Pixel | null,
 *   readonly preparation: Preparation, readonly drawing: Drawing,
 *   readonly why: import('./why_question.js').WhyQuestion | null}} State
 *
 * @typedef {{read: (state: State) => string, write: (network: Network, text: string) => unknown}} Property
 *   '' is the default, and false, or the sentence that says why, or a promise
 *   of either, is said of a text that cannot be read
 */

const RANGES = /** @type {const} */ (['layer', 'map', 'network']);

/** Property ↔ parameter, the one table; the network first: it must be there before the rest can be read.
 * @type {Record<string, Property>} */
const TABLE = {
  network: {
    read: ({ network }) => (network === USUAL ? '' : network),
    write: ({ actions }, text) => actions.showNetwork(text || USUAL),
  },
  beside: {
    read: ({ beside, network }) => (beside === network ? '' : beside),
    write: ({ signals }, text) => {
      const isName = /^[\w.-]{1,64}$/.test(text);
      signals.beside.value = isName ? text : '';
      return isName;
    },
  },
  ...FOLD_PROPERTIES,
  open: {
    read: ({ view }) => viewText(view),
    write: ({ signals, actions }, text) => {
      const wanted = viewFrom(text, (name) => layerNamed(signals, name) !== undefined);
      const found = validView(signals, wanted);
      if (found) actions.open(found);
      // A unit is named as a map, too, and opens as a cell.
      return found?.kind === 'cell' || (found?.kind === wanted.kind && viewText(found) === text);
    },
  },
  ...WHY_PROPERTIES,
  ...FIELD_PROPERTIES,
  range: choice(
    ({ rangeMode }) => rangeMode,
    ({ actions }, mode) => actions.setRangeMode(mode),
    RANGES,
  ),
  zoom: choice(
    ({ zoom }) => zoom,
    ({ signals }, step) => void (signals.zoom.value = step),
    ZOOMS,
  ),
  ...STEP_PROPERTIES,
  ink: {
    read: ({ drawing }) => (isUntouchedExample(drawing) ? '' : encodeDrawing(drawing)),
    write: ({ signals, actions }, text) => {
      const found = decodeDrawing(text);
      return found !== null && restore(signals, found).catch(actions.refuse);
    },
  },
  ...INPUT_PROPERTIES,
  // Behind the drawing, which takes the choice of a former one's piece away.
  ...PIECE_PROPERTY,
};

/**
 * What is shown, as far as a text tells of it; whoever reads it notices every change.
 * @param {Network} network
 * @returns {State}
 */
export function stateOf({ signals }) {
  const { beside, network, unfolded, opened, rangeMode, zoom, preparation, drawing, why } = signals;
  return {
    network: network.value,
    beside: beside.value,
    unfolded: unfolded.value,
    view: opened.value,
    rangeMode: rangeMode.value,
    zoom: zoom.value,
    sees: signals.sees.value,
    looks: signals.looks.value,
    pixel: signals.pixel.value,
    preparation: preparation.value,
    drawing: drawing.value,
    why: why.value,
  };
}

/**
 * A state as a text, '' for the usual one: it stands behind the # of the address, stays in the browser,
 * has no length limit, and shows the same picture wherever it is opened.
 * @param {State} state
 */
export function textOf(state) {
  const fields = new URLSearchParams();
  for (const [name, property] of Object.entries(TABLE)) {
    const text = property.read(state);
    if (text) fields.set(name, text);
  }
  return fields.toString();
}

/** The text of what is shown. @param {Network} network */
export const stateText = (network) => textOf(stateOf(network));

/**
 * Shows what a text says; what is missing or cannot be read keeps its default, and `unread` has the latter.
 * @param {Network} network
 * @param {string} text
 * @param {readonly string[]} [names]  of the parameters that are read
 * @param {() => boolean} [isWanted]  whether nothing else is shown by now: what is left is dropped
 * @returns {Promise<boolean>} whether it was read to its end
 */
export async function readState(network, text, names = Object.keys(TABLE), isWanted = () => true) {
  const fields = new URLSearchParams(text);
  const { unread } = network.signals;
  unread.value = [];
  const found = /** @type {Unread[]} */ (unknownOf(fields, Object.keys(TABLE)));
  for (const name of names) {
    const value = fields.get(name) ?? '';
    const isRead = await TABLE[name].write(network, value);
    if (!isWanted()) return false;
    if (value) found.push(...unreadOf(name, value, isRead));
  }
  // A network beside it may have been found to be none meanwhile.
  unread.value = [...found, ...unread.value];
  return true;
}

/** The parameters that say what is open. */
export const PLACE_NAMES = ['network', 'open', ...Object.keys(WHY_PROPERTIES)];

/** Whether a text holds a drawing that can be read. @param {string} text */
export const hasDrawing = (text) =>
  decodeDrawing(new URLSearchParams(text).get('ink') ?? '') !== null;
