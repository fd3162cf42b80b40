// Everything one can do in the Lab. Buttons, keys, the address and the pointer call the same actions;
// nothing else writes to the store. This is the door to the modules beside it.

export { redo, undo } from './change.js';
export { finish, pause, play, scrub, setSpeed, step } from './motion.js';
export {
  addBias,
  setBiasCell,
  setControl,
  setDepthMultiplier,
  setFilters,
  setGroups,
  setKernelPreset,
  setOperation,
  setSettings,
  setWeight,
  setWeightCell,
  useWayOut,
} from './settings_actions.js';
export {
  paintCell,
  setInput,
  setInputCell,
  setInputChannels,
  setInputSize,
  setPattern,
  setPicture,
} from './input_actions.js';
export {
  chooseFilter,
  compareWith,
  light,
  openSweepRow,
  pin,
  point,
  pullOther,
  setOutputGradientCell,
  resetOutputGradient,
  setOverlay,
  setSee,
  setSweepRanges,
  swapOther,
  tell,
  unpin,
} from './view_actions.js';
