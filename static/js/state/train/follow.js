import { batch } from '@preact/signals-core';

import { CurveLog } from '../../core/training/curves.js';
import { isAbort } from '../retry.js';
import { listen } from './event_stream.js';
import { getRun } from './run_api.js';
import { LIVING } from './store.js';

/**
 * @import {Told} from './event_stream.js'
 * @import {ToldCurves} from './run_api.js'
 * @import {Run, Store} from './store.js'
 */

/** Lets the list tell of a run what is known of it now. @param {Store} store @param {Run} run */
export function showInList({ runs }, run) {
  const others = runs.value ?? [];
  const isThere = others.some(({ id }) => id === run.id);
  runs.value = isThere ? others.map((each) => (each.id === run.id ? run : each)) : [run, ...others];
}

/** What an event changes of the run itself. @param {Run} run @param {Told} told @returns {Run} */
function withEvent(run, { kind, data }) {
  if (kind === 'step') {
    const { epoch, step, steps, samples_per_second } = data;
    return { ...run, epoch, step, steps, samples_per_second };
  }
  if (kind === 'checkpoint') {
    const before = run.checkpoints.filter(({ step }) => step < data.step);
    const { epoch, val_loss, val_accuracy } = data;
    const best = data.best ? { epoch, val_loss, val_accuracy } : run.best;
    return { ...run, best, checkpoints: [...before, data] };
  }
  if (kind === 'state') return { ...run, state: data.state, reason: data.reason };
  return run;
}

/** What was told as a log that goes on. @param {ToldCurves} [told] @param {number} [most]  steps that are kept */
export function logOf(told, most) {
  const log = new CurveLog(most);
  if (!told) return log;
  const { step, loss, gradient_norm, lr, layer_gradient_norms: norms } = told.columns;
  log.begin({ step, loss, gradient_norm, lr }, told.layers, norms ?? [], told.epochs);
  return log;
}

/** Follows one run at a time: its curves, and whatever it tells from then on. */
export class Follower {
  #store;
  #log = new CurveLog();
  #stop = () => {};
  #last = 0;
  #turn = 0;

  /** @param {Store} store */
  constructor(store) {
    this.#store = store;
  }

  /** Lets go of the run. */
  stop() {
    this.#stop();
    this.#stop = () => {};
  }

  /** What tells whether that which is asked for now is still wanted: nothing was asked for or begun since. */
  wanting() {
    this.#turn += 1;
    const turn = this.#turn;
    return () => turn === this.#turn;
  }

  /** Shows a run with what it has told, and follows it from there. @param {Run} run @param {ToldCurves} [told] */
  begin(run, told) {
    this.stop();
    this.#turn += 1;
    this.#log = logOf(told);
    this.#last = told?.event ?? 0;
    batch(() => {
      this.#store.run.value = run;
      this.#store.curves.value = this.#log.snapshot();
      this.#store.status.value = LIVING.has(run.state) ? 'loading' : 'rest';
    });
    if (LIVING.has(run.state)) this.#listen(run.id);
  }

  /** Goes on to listen: the run has been taken up again. */
  goOn() {
    const id = this.#store.run.peek()?.id;
    this.stop();
    if (id) this.#listen(id);
  }

  /** @param {string} id */
  #listen(id) {
    const { status } = this.#store;
    this.#stop = listen(id, this.#last, {
      hear: (told) => this.#hear(id, told),
      interrupted: (is) => {
        if (is) status.value = 'interrupted';
        else if (status.peek() !== 'rest') status.value = 'live';
      },
    });
  }

  /** @param {string} id @param {readonly Told[]} told */
  #hear(id, told) {
    const { run, curves, status } = this.#store;
    let now = run.peek();
    if (now?.id !== id) return;
    for (const event of told) {
      this.#last = event.number;
      if (event.kind === 'step') this.#log.addStep(event.data);
      if (event.kind === 'epoch') this.#log.addEpoch(event.data);
      now = withEvent(now, event);
    }
    const shown = now;
    const hasState = told.some(({ kind }) => kind === 'state');
    const isTold = hasState || told.some(({ kind }) => kind === 'checkpoint');
    batch(() => {
      run.value = shown;
      curves.value = this.#log.snapshot();
      status.value = 'live';
      if (isTold) showInList(this.#store, shown);
    });
    if (hasState && !LIVING.has(shown.state)) void this.#end(id);
  }

  /** Behind a run's last event: what it is now is asked for, since it may have been taken up again. @param {string} id */
  async #end(id) {
    try {
      const now = await getRun(id);
      if (this.#store.run.peek()?.id !== id || LIVING.has(now.state)) return;
      this.stop();
      batch(() => {
        this.#store.run.value = now;
        this.#store.status.value = 'rest';
        showInList(this.#store, now);
      });
    } catch (error) {
      if (!isAbort(error)) this.#store.status.value = 'interrupted';
    }
  }
}
