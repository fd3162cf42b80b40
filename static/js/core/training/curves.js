// What a run has told of its steps and epochs, as columns that grow.

/**
 * @typedef {{step: number, epoch: number, steps: number, loss: number, gradient_norm: number, lr: number,
 *   samples_per_second: number, layer_gradient_norms?: Readonly<Record<string, number>>}} StepEvent
 * @typedef {{epoch: number, train_loss: number, val_loss: number, val_accuracy: number,
 *   gradient_norm: number, lr: number, seconds: number, samples_per_second: number, best: boolean,
 *   layer_gradient_norms?: Readonly<Record<string, number>>}} EpochEvent
 *
 * An epoch and the step that it ended with.
 * @typedef {EpochEvent & {readonly step: number}} Epoch
 *
 * The curves as they stand: of each step one value a column.
 * @typedef {object} Curves
 * @property {number} count  of steps
 * @property {Float64Array} step
 * @property {Float64Array} loss
 * @property {Float64Array} gradient_norm
 * @property {Float64Array} lr
 * @property {readonly string[]} layers  whose gradients' norms are told
 * @property {readonly Float64Array[]} layerNorms  one column a layer
 * @property {readonly Epoch[]} epochs
 * @property {boolean} isThinned  whether steps were left out
 */

const COLUMNS = /** @type {const} */ (['step', 'loss', 'gradient_norm', 'lr']);
const FIRST_ROOM = 1024;
/** Of more steps than that every second one is forgotten, again and again: a chart has fewer pixels. */
export const MOST_STEPS = 16_384;

/** A number of an event: what is not finite travels as its name. @param {unknown} value */
export const numberOf = (value) => (typeof value === 'number' ? value : Number(value ?? NaN));

/**
 * The curves of a run, written as its events come. Of a long run the newest steps are all there, those before
 * the fewer the longer ago they were, and the last of each epoch: a page that stays open does not grow.
 */
export class CurveLog {
  #most;
  #isThinned = false;
  #count = 0;
  #room = FIRST_ROOM;
  /** @type {string[]} */ #layers = [];
  /** @type {Map<string, Float64Array>} */ #columns = new Map();
  /** @type {Epoch[]} */ #epochs = [];

  /** @param {number} [most]  steps that are kept */
  constructor(most = MOST_STEPS) {
    this.#most = most;
  }

  /**
   * Takes over what was told before.
   * @param {{step: ArrayLike<number>, loss: ArrayLike<number>, gradient_norm: ArrayLike<number>,
   *   lr: ArrayLike<number>}} columns
   * @param {readonly string[]} layers
   * @param {ArrayLike<number>} norms  (steps, layers)
   * @param {readonly Epoch[]} epochs
   */
  begin(columns, layers, norms, epochs) {
    this.clear();
    this.#layers = [...layers];
    const count = columns.step.length;
    this.#reserve(count);
    for (const name of COLUMNS) this.#column(name).set(columns[name]);
    layers.forEach((layer, index) => {
      const column = this.#column(`of ${layer}`);
      for (let row = 0; row < count; row++) column[row] = norms[row * layers.length + index];
    });
    this.#count = count;
    this.#epochs = [...epochs];
    while (this.#count > this.#most) this.#thin();
  }

  /** Begins anew: nothing has been told. */
  clear() {
    this.#count = 0;
    this.#layers = [];
    this.#columns = new Map();
    this.#epochs = [];
    this.#isThinned = false;
  }

  /** What a step told; a step that comes again was taken back, with all behind it. @param {StepEvent} event */
  addStep(event) {
    this.#forgetFrom(event.step);
    if (this.#count >= this.#most) this.#thin();
    this.#reserve(this.#count + 1);
    for (const name of COLUMNS) this.#column(name)[this.#count] = numberOf(event[name]);
    for (const [layer, norm] of Object.entries(event.layer_gradient_norms ?? {})) {
      if (!this.#layers.includes(layer)) this.#layers = [...this.#layers, layer];
      this.#column(`of ${layer}`)[this.#count] = numberOf(norm);
    }
    this.#count += 1;
  }

  /** What an epoch came to, once all of its steps are told. @param {EpochEvent} event */
  addEpoch(event) {
    const step = this.#count > 0 ? this.#column('step')[this.#count - 1] : 0;
    this.#epochs = [...this.#epochs.filter(({ epoch }) => epoch < event.epoch), { ...event, step }];
  }

  /** The curves as they stand; what is told later does not change them. @returns {Curves} */
  snapshot() {
    const part = (/** @type {string} */ name) => this.#column(name).subarray(0, this.#count);
    return {
      count: this.#count,
      step: part('step'),
      loss: part('loss'),
      gradient_norm: part('gradient_norm'),
      lr: part('lr'),
      layers: this.#layers,
      layerNorms: this.#layers.map((layer) => part(`of ${layer}`)),
      epochs: this.#epochs,
      isThinned: this.#isThinned,
    };
  }

  /** Forgets every second step, but for the last of an epoch. In columns of their own, as below. */
  #thin() {
    const ends = new Set(this.#epochs.map(({ step }) => step));
    const steps = this.#column('step');
    const last = this.#count - 1;
    const kept = Array.from({ length: this.#count }, (_, row) => row).filter(
      (row) => (last - row) % 2 === 0 || ends.has(steps[row]),
    );
    for (const [name, column] of this.#columns) {
      const thinner = new Float64Array(this.#room).fill(NaN);
      kept.forEach((row, place) => (thinner[place] = column[row]));
      this.#columns.set(name, thinner);
    }
    this.#count = kept.length;
    this.#isThinned = true;
  }

  /** @param {number} step */
  #forgetFrom(step) {
    const known = this.#column('step');
    if (this.#count === 0 || known[this.#count - 1] < step) return;
    // In columns of their own, since snapshots still show the former ones.
    for (const [name, column] of this.#columns) this.#columns.set(name, column.slice());
    while (this.#count > 0 && known[this.#count - 1] >= step) this.#count -= 1;
    this.#epochs = this.#epochs.filter((epoch) => epoch.step < step);
  }

  /** @param {string} name */
  #column(name) {
    let column = this.#columns.get(name);
    if (!column) this.#columns.set(name, (column = new Float64Array(this.#room).fill(NaN)));
    return column;
  }

  /** @param {number} count */
  #reserve(count) {
    if (count <= this.#room) return;
    while (this.#room < count) this.#room *= 2;
    for (const [name, column] of this.#columns) {
      const larger = new Float64Array(this.#room).fill(NaN);
      larger.set(column);
      this.#columns.set(name, larger);
    }
  }
}

/** Curves of nothing. @type {Curves} */
export const NO_CURVES = new CurveLog().snapshot();

/** Where the last of ascending numbers stands that is not above a value; −1: none. @param {ArrayLike<number>} row @param {number} value */
export function indexBy(row, value) {
  let [low, high] = [0, row.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (row[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The epoch that ended last by a step. @param {readonly Epoch[]} epochs @param {number} step */
export const epochBy = (epochs, step) => epochs.findLast((epoch) => epoch.step <= step) ?? null;
