import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import '../browser.js';
import { comparing } from '../../../../static/js/state/train/compare.js';
import { Follower } from '../../../../static/js/state/train/follow.js';
import { showing } from '../../../../static/js/state/train/showing.js';
import { createStore } from '../../../../static/js/state/train/store.js';
import { safetensors } from '../safetensors.js';

/** What a run has told, as the server writes it: of no step yet. */
const curves = () =>
  safetensors(
    { step: [], loss: [], gradient_norm: [], lr: [] },
    { event: 0, layers: [], epochs: [], steps_per_epoch: 1 },
  );

/** A store whose questions for curves wait until they are answered by hand; `leave` takes the stand-in out. */
function heldStore() {
  const store = createStore();
  const follower = new Follower(store);
  /** The runs that were begun. @type {string[]} */
  const begun = [];
  mock.method(follower, 'begin', (/** @type {{id: string}} */ { id }) => void begun.push(id));
  /** @type {((response: Response) => void)[]} */
  const waiting = [];
  const asked = mock.method(globalThis, 'fetch', (/** @type {string} */ address) =>
    address.endsWith('/curves')
      ? new Promise((answer) => waiting.push(answer))
      : Promise.resolve(
          Response.json({ id: address.split('/').at(-1), state: 'finished', checkpoints: [] }),
        ),
  );
  const { show, stay } = showing(store, follower);
  const { compare } = comparing(store);
  return { store, begun, waiting, show, stay, compare, leave: () => asked.mock.restore() };
}

test('a run that has come takes away what was said before it was asked for, and nothing else', async () => {
  const { store, begun, waiting, show, leave } = heldStore();

  store.problem.value = 'There is no room.';
  const first = show('a');
  waiting[0](curves());
  assert.equal(await first, true);
  assert.equal(store.problem.value, null);

  const second = show('a');
  store.problem.value = 'kernel size is 31, but has to be at most 28.';
  waiting[1](curves());
  assert.equal(await second, true);
  assert.equal(store.problem.value, 'kernel size is 31, but has to be at most 28.');
  assert.deepEqual(begun, ['a', 'a']);
  leave();
});

test('a run that comes after what is shown was wanted again is not shown', async () => {
  const { begun, waiting, show, stay, leave } = heldStore();
  const shown = show('b');
  stay();
  waiting[0](curves());
  assert.deepEqual([await shown, begun], [null, []]);
  leave();
});

test('a run that comes after another was asked for is not shown, nor is what it failed with said', async () => {
  const { store, begun, waiting, show, leave } = heldStore();
  const shown = ['a', 'b', 'c'].map((id) => show(id));
  waiting[2](curves());
  assert.equal(await shown[2], true);
  waiting[0](curves());
  waiting[1](Response.json({ error: { message: 'There is no run b.' } }, { status: 404 }));
  assert.deepEqual(await Promise.all(shown), [null, null, true]);
  assert.deepEqual([begun, store.problem.value], [['c'], null]);
  leave();
});

test('a run to compare that comes after none, or the one that is compared, was wanted is not compared', async () => {
  const { store, waiting, compare, leave } = heldStore();
  const first = compare('a');
  await compare(null);
  waiting[0](curves());
  await first;
  assert.equal(store.compared.value, null);

  const second = compare('b', 4);
  waiting[1](curves());
  await second;
  const third = compare('c');
  void compare('b', 4);
  waiting[2](curves());
  await third;
  const { compared } = store;
  assert.deepEqual([compared.value?.run.id, compared.value?.step, waiting.length], ['b', 4, 3]);
  leave();
});

test('which networks there are is asked once, and again where that failed', async () => {
  const store = createStore();
  const { loadNetworks } = showing(store, new Follower(store));
  let isThere = false;
  const asked = mock.method(globalThis, 'fetch', async () =>
    isThere
      ? Response.json([{ name: 'mycnn', title: 'MyCNN', input_shape: [1, 28, 28] }])
      : Response.json({}, { status: 503 }),
  );
  await Promise.all([loadNetworks(), loadNetworks()]);
  const times = asked.mock.callCount();
  assert.deepEqual(store.networks.value, []);
  isThere = true;
  await Promise.all([loadNetworks(), loadNetworks()]);
  await loadNetworks();
  assert.equal(store.networkTitles.value.get('mycnn'), 'MyCNN');
  assert.deepEqual([times, asked.mock.callCount()], [1, 2]);
  asked.mock.restore();
});
