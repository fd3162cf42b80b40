import { effect, untracked } from '@preact/signals-core';

import { decodeDrawing, encodeDrawing } from '../core/strokes.js';
import { open, steps, ZOOMS } from './actions.js';
import { drawing, preparation, restore } from './drawing.js';
import { network, rangeMode, view, zoom } from './store.js';
import { refuse } from './upload.js';

/**
 * The whole state stands behind the # of the address: it stays in the browser, has no length
 * limit, and a link opened elsewhere shows the same picture.
 * @typedef {{read: () => string, write: (text: string) => unknown}} Property  '' is the default
 */

const RANGES = /** @type {const} */ (['layer', 'map', 'network']);
const SWITCHES = /** @type {const} */ (['crop', 'box', 'centre']);
const INVERTS = /** @type {const} */ (['auto', 'always', 'never']);

/** Property ↔ parameter, the one table. @type {Record<string, Property>} */
const TABLE = {
  network: {
    read: () => (network.value === 'mycnn' ? '' : network.value),
    write: (text) => (network.value = text || 'mycnn'),
  },
  open: { read: () => viewText(view.value), write: (text) => open(viewFrom(text)) },
  range: {
    read: () => (rangeMode.value === 'layer' ? '' : rangeMode.value),
    write: (text) => (rangeMode.value = RANGES.find((mode) => mode === text) ?? 'layer'),
  },
  zoom: {
    read: () => (zoom.value === 1 ? '' : String(zoom.value)),
    write: (text) => (zoom.value = ZOOMS.find((step) => step === Number(text)) ?? 1),
  },
  without: {
    read: () => SWITCHES.filter((name) => !preparation.value[name]).join('.'),
    write: (text) => {
      const off = text.split('.');
      const [crop, box, centre] = SWITCHES.map((name) => !off.includes(name));
      preparation.value = { ...preparation.value, crop, box, centre };
    },
  },
  invert: {
    read: () => (preparation.value.invert === 'auto' ? '' : preparation.value.invert),
    write: (text) => {
      const invert = INVERTS.find((choice) => choice === text) ?? 'auto';
      preparation.value = { ...preparation.value, invert };
    },
  },
  ink: {
    read: () => (isUntouchedExample(drawing.value) ? '' : encodeDrawing(drawing.value)),
    write: (text) => {
      const found = decodeDrawing(text);
      return found && restore(found).catch(refuse);
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
function viewText(now) {
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
const addressFields = () => new URLSearchParams(location.hash.slice(1));

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

/**
 * Takes the state from the address; what is missing or cannot be read keeps its default.
 * @param {readonly string[]} [names]  which parameters, all by default
 */
export async function readAddress(names = Object.keys(TABLE)) {
  const fields = addressFields();
  for (const name of names) await TABLE[name]?.write(fields.get(name) ?? '');
}

/** @returns {boolean} whether the address holds a drawing that can be read */
export function hasDrawing() {
  return decodeDrawing(addressFields().get('ink') ?? '') !== null;
}

/** The address is written at most this often: browsers limit the rate. */
const WRITE_AFTER_MS = 300;

/** Marks the entries of the history that the page itself wrote. */
const OURS = { isOurs: true };

/**
 * Keeps the address in step. What is opened is a step for Back; walking from cell to cell, going
 * back by Esc and everything else replaces. Back changes what is open, never the drawing; an
 * address that the reader enters is taken whole.
 */
export function startAddress() {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const write = () => history.replaceState(OURS, '', stateAddress());
  effect(() => {
    const next = view.value;
    const before = viewFrom(addressFields().get('open') ?? '');
    if (viewText(next) === viewText(before)) return;
    clearTimeout(timer);
    const isWalk = next.kind === 'cell' && before.kind === 'cell';
    const replaces = steps.isBack || (isWalk && next.layer === before.layer);
    untracked(() => {
      if (replaces) write();
      else history.pushState(OURS, '', stateAddress());
    });
  });
  effect(() => {
    for (const name of ['network', 'range', 'zoom', 'without', 'invert']) TABLE[name].read();
    void drawing.value;
    clearTimeout(timer);
    timer = setTimeout(write, WRITE_AFTER_MS);
  });
  addEventListener('popstate', ({ state }) => {
    clearTimeout(timer);
    void readAddress(state?.isOurs ? ['open'] : WITHIN_NETWORK);
  });
  addEventListener('pagehide', write);
}
