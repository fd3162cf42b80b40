import { captionOf } from '../core/stage/captions.js';
import { captionPlaces, captionWidth } from '../core/stage/caption_place.js';

/**
 * @import {Board, Box} from '../core/stage/board.js'
 * @import {Place} from '../core/stage/place.js'
 * @import {StageModel} from './lab_stage.js'
 */

/** The sides in the order in which Tab goes through them. */
const SIDES = /** @type {const} */ (['input', 'kernel', 'output']);

/**
 * What stands around the planes as elements: a line of text below each, and for each side one frame
 * that takes the focus, so that the arrow keys can walk over it.
 */
export class LabFrames {
  host = document.createElement('div');
  #captions = document.createElement('div');
  #spoken = document.createElement('p');
  #frames = new Map(SIDES.map((side) => [side, document.createElement('div')]));

  constructor() {
    this.host.className = 'lab-frames';
    this.#spoken.className = 'visually-hidden';
    this.#spoken.setAttribute('aria-live', 'polite');
    for (const [side, frame] of this.#frames) {
      frame.className = 'lab-frame';
      frame.tabIndex = 0;
      frame.dataset.side = side;
      frame.setAttribute('role', 'application');
      frame.setAttribute('aria-roledescription', 'grid of numbers');
    }
    this.host.append(this.#captions, ...this.#frames.values(), this.#spoken);
  }

  /** @param {Place['side']} side */
  focus(side) {
    this.#frames.get(side)?.focus({ preventScroll: true });
  }

  /** @param {string} text */
  say(text) {
    this.#spoken.textContent = text;
  }

  /** @param {StageModel} model @param {Board} board */
  show(model, board) {
    const { boxes } = board;
    this.host.style.setProperty('width', `${board.width}px`);
    this.host.style.setProperty('height', `${board.height}px`);
    while (this.#captions.children.length > boxes.length) this.#captions.lastChild?.remove();
    const captions = boxes.map((box) => captionOf(model, box));
    const places = captionPlaces(boxes, board.width, captions.map(captionWidth));
    boxes.forEach((box, index) => {
      const line = this.#captions.children[index] ?? this.#captions.appendChild(newCaption());
      const { title, note } = captions[index];
      const { x, room } = places[index];
      const [strong, rest] = line.children;
      if (strong.textContent !== title) strong.textContent = title;
      if (rest.textContent !== note) rest.textContent = note;
      const style = /** @type {HTMLElement} */ (line).style;
      style.setProperty('transform', `translate(${x}px, ${box.y + box.height + 4}px)`);
      style.setProperty('max-width', `${room}px`);
    });
    for (const [side, frame] of this.#frames) {
      const own = boxes.filter((box) => box.side === side && box.role !== 'window');
      frame.hidden = own.length === 0;
      if (own.length > 0) place(frame, side, own);
    }
  }
}

function newCaption() {
  const line = document.createElement('p');
  line.className = 'lab-caption';
  line.append(document.createElement('strong'), document.createElement('span'));
  return line;
}

/** @param {HTMLElement} frame @param {Place['side']} side @param {readonly Box[]} boxes */
function place(frame, side, boxes) {
  const left = Math.min(...boxes.map(({ x }) => x));
  const top = Math.min(...boxes.map(({ y }) => y));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  const size = `${boxes[0].rows} by ${boxes[0].columns}`;
  const names = { input: 'Input', kernel: 'Kernel', output: 'Output' };
  frame.setAttribute('aria-label', `${names[side]}, ${size} cells. Arrow keys walk, Enter pins.`);
  frame.style.setProperty('transform', `translate(${left}px, ${top}px)`);
  frame.style.setProperty('width', `${right - left}px`);
  frame.style.setProperty('height', `${bottom - top}px`);
}
