import { signal } from '@preact/signals-core';

import { count } from '../../../core/number.js';
import { beginnings } from '../../../core/training/beginnings.js';
import {
  THIRD,
  layerGroups,
  layerLines,
  layersOf,
  macsText,
  withLayer,
} from '../../../core/training/layer_controls.js';
import { networkView } from '../../../views/train/network.js';
import { dataSetsOf } from '../../../state/train/data_sets.js';
import { sectionOf } from './section.js';

/**
 * @import {Training} from '../../../state/train/training.js'
 * @typedef {{from: string, freeze: boolean}} Transfer
 */

/** Whose layers can be chosen. */
const CHANGEABLE = 'mycnn';

/** The networks that can be trained from new weights: those that do not read photographs. @param {Training['signals']} signals */
const trainable = ({ networks }) => {
  const rows = networks.value.filter(({ input_shape: shape }) => shape[0] === 1);
  const known = rows.map(({ name, title }) => ({ value: name, text: title }));
  return known.length > 0 ? known : [{ value: CHANGEABLE, text: 'MyCNN' }];
};

/** Which layers are open. */
const opened = signal(/** @type {ReadonlySet<string>} */ (new Set()));

/** @param {string} layer @param {boolean} isOpen */
function setOpen(layer, isOpen) {
  const others = [...opened.peek()].filter((name) => name !== layer);
  opened.value = new Set(isOpen ? [...others, layer] : others);
}

/** What is done with the network. @param {Training['actions']} actions @param {Training['signals']} signals */
const actionsOf = (actions, { recipe }) => ({
  // What lies between MyCNN's layers is of no other network.
  chooseNetwork: (/** @type {string} */ network) =>
    actions.choose(
      network === CHANGEABLE
        ? { network }
        : { network, layers: null, dropout: null, batch_norm: false },
    ),
  begin: (/** @type {string} */ from) =>
    actions.choose(
      from === ''
        ? { transfer: null, network: CHANGEABLE }
        : { transfer: { from, freeze: true }, layers: null, dropout: null, batch_norm: false },
    ),
  freeze: (/** @type {boolean} */ freeze) => actions.chooseAt('transfer.freeze', freeze),
  third: (/** @type {boolean} */ isThere) =>
    actions.chooseAt('layers', withLayer(recipe.peek(), 'layers.conv3', isThere ? THIRD : null)),
  reset: () => actions.chooseAt('layers', null),
  open: setOpen,
});

/** @param {Training} training */
function modelOf({ signals, actions }) {
  const recipe = signals.recipe.value;
  const [plan, refusals] = [signals.plan.value, signals.refusals.value];
  const transfer = /** @type {Transfer | null} */ (recipe.transfer ?? null);
  const from = transfer?.from ?? '';
  const isChangeable = !transfer && recipe.network === CHANGEABLE;
  return {
    rows: {
      id: 'layers',
      refusals,
      set: (/** @type {string} */ path, /** @type {unknown} */ value) => {
        if (path.startsWith('layers.'))
          actions.chooseAt('layers', withLayer(recipe, path, value), path);
      },
      refuse: actions.refuse,
      amend: actions.amend,
    },
    network: recipe.network,
    networks: trainable(signals),
    from,
    beginnings: beginnings(
      signals.networks.value,
      signals.runs.value ?? [],
      from,
      dataSetsOf({ signals, actions }).signals.isOfPhotographs.value,
    ),
    isFrozen: transfer?.freeze ?? false,
    groups: isChangeable ? layerGroups(recipe, refusals, opened.value) : null,
    hasThird: layersOf(recipe).conv3 !== null,
    isChanged: isChangeable && Boolean(recipe.layers),
    ledger: plan && {
      lines: layerLines(plan.layers),
      sums: {
        parameters: count(plan.parameters),
        trained: plan.trainable < plan.parameters ? count(plan.trainable) : '',
        macs: macsText(plan.macs),
      },
    },
    actions: actionsOf(actions, signals),
  };
}

/**
 * The network that learns; while a recipe is refused, its layers stand as they were before.
 * @param {HTMLElement} host
 * @param {Training} training
 */
export const mount = (host, training) => {
  /** @type {ReturnType<typeof modelOf>['ledger']} */
  let last = null;
  void training.actions.loadNetworks();
  const show = sectionOf(modelOf, ({ actions, ledger, ...model }) => {
    last = ledger ?? last;
    return networkView({ ...model, ledger: last, isOld: ledger === null }, actions);
  });
  return show(host, training);
};
