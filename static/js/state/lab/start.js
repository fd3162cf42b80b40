// Brings the Lab's state to life: the address, the check, what follows from what.
//
// startState()    reads the address, then keeps it and PyTorch's numbers up to date

import { effect, untracked } from '@preact/signals-core';

import { startCheck } from './check.js';
import { experiment } from './history.js';
import { pullOther } from './view_actions.js';

/** Reads the address and keeps everything in step from then on. */
export function startState() {
  effect(() => {
    void experiment.value;
    untracked(pullOther);
  });
  startCheck();
}
