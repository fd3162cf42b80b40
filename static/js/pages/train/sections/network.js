import { signal } from '@preact/signals-core';

import { getJson } from '../../../api/client.js';
import { choiceRow } from '../../../views/train/setting_rows.js';
import { sectionOf } from './section.js';

/** @type {import('@preact/signals-core').Signal<readonly {value: string, text: string}[]>} */
const networks = signal([{ value: 'mycnn', text: 'MyCNN' }]);
let isAsked = false;

/** Which networks can be trained: those that do not read photographs. */
async function askOnce() {
  if (isAsked) return;
  isAsked = true;
  const rows = await getJson('/networks');
  networks.value = rows
    .filter((/** @type {any} */ { preparation }) => preparation !== 'photo')
    .map((/** @type {any} */ { name, title }) => ({ value: name, text: title }));
}

const show = sectionOf(
  ({ signals, actions }) => ({
    path: 'network',
    text: 'network',
    value: signals.recipe.value.network,
    options: networks.value,
    refusal: signals.refusals.value.get('network'),
    choose: (/** @type {string} */ network) => actions.choose({ network }),
  }),
  choiceRow,
);

/** @type {typeof show} */
export const mount = (host, training) => {
  askOnce().catch(() => (isAsked = false));
  return show(host, training);
};
