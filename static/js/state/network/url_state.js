import { signal } from '@preact/signals-core';

import { decodeDrawing, encodeDrawing } from '../../core/drawing/strokes.js';
import { open, validView, ZOOMS } from './actions.js';
import { drawing, preparation, restore } from './drawing.js';
import { network, rangeMode, view, zoom } from './store.js';
import { refuse } from './upload.js';

/**
 * The whole state stands behind the # of the address: it stays in the browser, has no length
 * limit, and a link opened elsewhere shows the same picture.
 * @typedef {{read: () => string, write: (text: string) => unknown}} Property  '' is the default, and
 *   false is said of a text that cannot be read
 *
 * @typedef {{name: string, text: string}} Unread
 */

/**
 * The change with which the newest link had been taken; nothing was drawn since where it is still
 * the newest. @type {import('@preact/signals-core').Signal<{at: number} | null>}
 */
export const arrived = signal(null);

/** What of the newest link could not be read. @type {import('@preact/signals-core').Signal<Unread[]>} */
export const unread = signal([]);

const RANGES = /** @type {const} */ (['layer', 'map', 'network']);
const SWITCHES = /** @type {const} */ (['crop', 'box', 'centre']);
const INVERTS = /** @type {const} */ (['auto', 'always', 'never']);

/** Property ↔ parameter, the one table. @type {Record<string, Property>} */
const TABLE = {
  network: {
    read: () => (network.value === 'mycnn' ? '' : network.value),
    write: (text) => (network.value = text || 'mycnn'),
  },
  open: {
    read: () => viewText(view.value),
    write: (text) => {
      const wanted = viewFrom(text);
      const found = validView(wanted);
      if (found) open(found);
      // A unit is named as a map, too, and opens as a cell.
      return found?.kind === 'cell' || (found?.kind === wanted.kind && viewText(found) === text);
    },
  },
  range: {
    read: () => (rangeMode.value === 'layer' ? '' : rangeMode.value),
    write: (text) => {
      const found = RANGES.find((mode) => mode === text);
      rangeMode.value = found ?? 'layer';
      return found !== undefined;
    },
  },
  zoom: {
    read: () => (zoom.value === 1 ? '' : String(zoom.value)),
    write: (text) => {
      const found = ZOOMS.find((step) => step === Number(text));
      zoom.value = found ?? 1;
      return found !== undefined;
    },
  },
  without: {
    read: () => SWITCHES.filter((name) => !preparation.value[name]).join('.'),
    write: (text) => {
      const off = text.split('.');
      const [crop, box, centre] = SWITCHES.map((name) => !off.includes(name));
      preparation.value = { ...preparation.value, crop, box, centre };
      return off.every((name) => SWITCHES.some((known) => known === name));
    },
  },
  invert: {
    read: () => (preparation.value.invert === 'auto' ? '' : preparation.value.invert),
    write: (text) => {
      const found = INVERTS.find((choice) => choice === text);
      preparation.value = { ...preparation.value, invert: found ?? 'auto' };
      return found !== undefined;
    },
  },
  ink: {
    read: () => (isUntouchedExample(drawing.value) ? '' : encodeDrawing(drawing.value)),
    write: (text) => {
      const found = decodeDrawing(text);
      return found !== null && restore(found).catch(refuse);
    },
  },
};

/**
 * The digit a first visit shows belongs into no link: whoever opens it sees it anyway.
 * @param {import('./drawing.js').Drawing} now
 */
function isUntouchedExample({ base, strokes }) {
  return base?.kind === 'sample' && Boolean(base.isExample) && strokes.length === 0;
}

/** @param {import('./store.js').View} now */
export function viewText(now) {
  if (now.kind === 'overview') return '';
  if (now.kind === 'layer') return now.layer;
  if (now.kind === 'map') return `${now.layer}.${now.channel}`;
  return `${now.layer}.${now.channel}.${now.row}.${now.column}`;
}

/**
 * @param {string} text
 * @returns {import('./store.js').View}
 */
export function viewFrom(text) {
  const [layer = '', ...numbers] = text.split('.');
  const [channel, row, column] = numbers.map(Number);
  if (!layer || numbers.map(Number).some((n) => !Number.isInteger(n))) return { kind: 'overview' };
  if (numbers.length === 0) return { kind: 'layer', layer };
  if (numbers.length === 1) return { kind: 'map', layer, channel };
  if (numbers.length === 3) return { kind: 'cell', layer, channel, row, column };
  return { kind: 'overview' };
}

/** The parameters that tell of one network: it must be there before they can be read. */
export const WITHIN_NETWORK = Object.keys(TABLE).filter((name) => name !== 'network');

/** What the address holds. */
export const addressFields = () => new URLSearchParams(location.hash.slice(1));

/** The address of what is shown now. */
export function stateAddress() {
  const fields = new URLSearchParams();
  for (const [name, property] of Object.entries(TABLE)) {
    const text = property.read();
    if (text) fields.set(name, text);
  }
  const text = fields.toString();
  return text ? `#${text}` : location.pathname + location.search;
}

/** What was read last of the address. */
export const newest = { read: '' };

/**
 * Takes the state from the address; what is missing or cannot be read keeps its default, and
 * `unread` has the latter.
 * @param {readonly string[]} names  which parameters
 */
export async function readAddress(names) {
  const fields = addressFields();
  newest.read = location.hash;
  unread.value = [];
  for (const name of names) {
    const text = fields.get(name) ?? '';
    const isRead = await TABLE[name]?.write(text);
    if (text && isRead === false) unread.value = [...unread.value, { name, text }];
  }
}

/** @returns {boolean} whether the address holds a drawing that can be read */
export function hasDrawing() {
  return decodeDrawing(addressFields().get('ink') ?? '') !== null;
}
