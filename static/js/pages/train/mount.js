import '../../elements/number_box.js';
import { beInstrument } from '../../elements/instrument.js';
import { bindAddress, readAddress } from '../../state/bind_address.js';
import { whenBack } from '../../state/retry.js';
import { startPlanning } from '../../state/train/plan.js';
import { readState, stateOf, textOf } from '../../state/train/text.js';
import { createTraining } from '../../state/train/training.js';
import { runHead } from '../../views/train/head.js';
import { runList } from '../../views/train/run_list.js';
import { recipeLastWhereNarrow } from './reading_order.js';
import { headModel } from './head.js';
import { TrainInstance } from './instance.js';
import { listModel } from './list.js';
import { VIEWS } from './main_views.js';
import { PANELS } from './panels.js';
import { mountPart, mountRows } from './rows.js';
import { SECTIONS } from './sections/index.js';

/** What else happens to runs, in another page, is seen after so long. */
const LOOK_AGAIN_MS = 5000;

/** Asks again and again which runs there are, as long as somebody looks. @param {TrainInstance} instance */
function keepListNew({ training, living }) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const look = async () => {
    clearTimeout(timer);
    if (living.aborted) return;
    if (!document.hidden) await training.actions.refresh();
    timer = setTimeout(look, LOOK_AGAIN_MS);
  };
  timer = setTimeout(look, LOOK_AGAIN_MS);
  document.addEventListener('visibilitychange', look, { signal: living });
  living.addEventListener('abort', () => clearTimeout(timer));
}

/** Mounts the main view that is open in the centre. @param {TrainInstance} instance */
function startView(instance) {
  const { view } = instance.training.signals;
  const host = instance.place('view');
  let leave = () => {};
  let shown = '';
  instance.effect(() => {
    const row = VIEWS.find(({ name }) => name === view.value) ?? VIEWS[0];
    if (row.name === shown) return;
    shown = row.name;
    leave();
    leave = mountPart(row, host, instance.training);
  });
  instance.atEnd(() => leave());
}

/** Shows what the address says, and from then on says there what is shown. @param {TrainInstance} instance */
async function begin(instance) {
  const { training } = instance;
  const views = VIEWS.map(({ name }) => name);
  await training.actions.refresh();
  await readAddress((text, isNewest) => readState(training, text, views, true, isNewest));
  instance.atEnd(
    bindAddress({
      state: () => stateOf(training),
      text: textOf,
      read: (text, isOurs, isNewest) => readState(training, text, views, !isOurs, isNewest),
      place: ({ run, view }) => `${run} ${view}`,
    }),
  );
}

/**
 * Puts a training into an element that has its places; the page's address is that of its state.
 * @param {HTMLElement} host
 */
export function mountTraining(host) {
  const training = createTraining();
  const instance = new TrainInstance(host, training);
  beInstrument(host, instance.living);
  instance.place('head').replaceChildren();
  mountRows(SECTIONS, instance.place('sections'), training, instance);
  instance.render(() => headModel(training), runHead, instance.place('head'));
  instance.render(() => listModel(training), runList, instance.place('runs'));
  const side = PANELS.filter((panel) => panel.side);
  for (const [name, isFirst] of /** @type {const} */ ([
    ['digit', true],
    ['side', false],
  ])) {
    const rows = side.filter((panel) => Boolean(panel.isFirst) === isFirst);
    mountRows(rows, instance.place(name), training, instance);
  }
  instance.atEnd(recipeLastWhereNarrow(host));
  startView(instance);
  void training.actions.loadNetworks();
  instance.atEnd(startPlanning(training));
  keepListNew(instance);
  instance.atEnd(whenBack(() => void training.actions.refresh()));
  addEventListener('pagehide', () => void training.actions.finishRemoval({ keepalive: true }), {
    signal: instance.living,
  });
  void begin(instance);
  return { ...training, end: () => instance.end() };
}
