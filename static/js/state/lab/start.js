// Brings the Lab's state to life.
//
// startState()    reads the address, then keeps it and PyTorch's numbers up to date

import { effect, untracked } from '@preact/signals-core';

import { fragment } from '../bind_address.js';
import { readState, startAddress } from './address.js';
import { startCheck } from './check.js';
import { startGradientCheck } from './gradient_check.js';
import { experiment } from './history.js';
import { play } from './motion.js';
import { pullOther } from './view_actions.js';

/** Whether the reader wants as little motion as can be. */
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Reads the address and keeps everything in step from then on; the untouched example plays once. */
export function startState() {
  const isUntouched = fragment() === '';
  readState(fragment(), true);
  startAddress();
  effect(() => {
    void experiment.value;
    untracked(pullOther);
  });
  startCheck();
  startGradientCheck();
  if (isUntouched && !isStill()) play();
}
