import assert from 'node:assert/strict';
import { afterEach, mock, test } from 'node:test';

import { effect } from '@preact/signals-core';

import '../browser.js';
import { toPoint } from '../../../../static/js/core/drawing/strokes.js';
import * as deep from '../../../../static/js/state/network/deep.js';
import { startInference } from '../../../../static/js/state/network/inference.js';
import { createNetwork } from '../../../../static/js/state/network/network.js';
import { showNetwork } from '../../../../static/js/state/network/outline.js';
import { startPaths } from '../../../../static/js/state/network/paths.js';
import { hasDrawing, readState, stateText } from '../../../../static/js/state/network/text.js';
import { createWhy } from '../../../../static/js/state/network/why.js';
import { safetensors } from '../safetensors.js';

/** @param {string} name */
const layer = (name, kind = 'Linear', shape = [4]) => ({
  name,
  kind,
  settings: {},
  inputs: ['input'],
  input_shape: [1, 2, 2],
  input_shapes: [[1, 2, 2]],
  output_shape: shape,
  parameters: { weight: 16, bias: 4, total: 20, expression: '4·4 + 4' },
  multiply_accumulates: 16,
  receptive_field: null,
  output_size: null,
});

/** @param {string} name */
const outline = (name) => ({
  name,
  title: name,
  classes: ['0', '1', '2', '3'],
  input_shape: [1, 2, 2],
  parameters: 20,
  multiply_accumulates: 16,
  accuracy: null,
  layers: [layer('conv1', 'Conv2d', [4, 2, 2]), layer('stem.0', 'ReLU', [4, 2, 2]), layer('fc1')],
});

/** What the server answers, by the path below the API. @param {(path: string) => Response | Promise<Response>} answer */
const serve = (answer) =>
  mock.method(globalThis, 'fetch', (/** @type {string} */ address) =>
    Promise.resolve(answer(address.replace('./api/v1', ''))),
  );

const missing = () =>
  Response.json(
    { detail: 'There is no network of that name.' },
    { status: 404, headers: { 'content-type': 'application/problem+json' } },
  );

/** Networks that are there: mycnn and branching, each with weights of its own. @param {string} path */
function both(path) {
  const [, , name, , of] = path.split(/[/?]/);
  if (name !== 'mycnn' && name !== 'branching') return missing();
  if (of) return safetensors({ weight: [name === 'mycnn' ? 1 : 2], bias: [0] });
  return Response.json(outline(name));
}

/** Only what a first visit shows belongs into no link. */
const EMPTY_PAPER = 'ink=AQA';

/** A screen that paints at once. */
const screen = {
  painted: () => Promise.resolve(),
  atFrame: (/** @type {() => void} */ then) => then(),
};

const settle = () => new Promise((resolve) => setImmediate(resolve));

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

test('two networks stand beside each other and know nothing of each other', async () => {
  serve(both);
  const [one, other] = [createNetwork(), createNetwork({ name: 'branching' })];
  await Promise.all([showNetwork(one.signals, 'mycnn'), showNetwork(other.signals, 'branching')]);
  one.actions.open({ kind: 'layer', layer: 'fc1' });
  one.actions.beginStroke(toPoint(10, 10));
  one.actions.zoomBy(1);
  one.actions.setRangeMode('map');
  one.actions.setPreparation({ crop: false });
  assert.equal(stateText(other), `network=branching&${EMPTY_PAPER}`);
  assert.deepEqual(other.signals.view.value, { kind: 'overview' });
  assert.deepEqual([one.read('prediction'), typeof one.read('parameters')], [null, 'number']);
  assert.ok(one.signals.canUndo.value && !other.signals.canUndo.value);
  other.actions.undo();
  assert.equal(one.signals.drawing.value.strokes.length, 1);
});

/** A network that cannot be used until somebody mends it, or for now. @param {string} detail @param {object} headers */
const unavailable = (detail, headers = {}) =>
  Response.json(
    { detail },
    { status: 503, headers: { 'content-type': 'application/problem+json', ...headers } },
  );

test('a network that cannot be used is asked for once, and the usual one stands in its place', async () => {
  const asked = serve((path) =>
    path === '/networks/vgg16' ? unavailable('VGG-16: damaged.') : both(path),
  ).mock;
  const { signals } = createNetwork();
  assert.equal(await showNetwork(signals, 'vgg16'), 'VGG-16: damaged.');
  assert.equal(signals.network.value, 'mycnn');
  assert.equal(asked.callCount(), 2);
  assert.equal(await showNetwork(signals, 'gone'), false);
});

test('a server that is starting is asked again', async () => {
  let isStarting = true;
  serve((path) => {
    if (!isStarting) return both(path);
    isStarting = false;
    return unavailable('The networks are still being loaded.', { 'retry-after': '1' });
  });
  const { signals } = createNetwork();
  assert.equal(await showNetwork(signals, 'branching'), true);
  assert.equal(signals.network.value, 'branching');
});

test('weights belong to a network and a layer, and each is fetched once', async () => {
  const asked = serve(both).mock;
  const { signals, actions } = createNetwork();
  const weight = () => signals.weights.value.get('fc1')?.weight.data[0];
  await showNetwork(signals, 'mycnn');
  await Promise.all([actions.ensureWeights('fc1'), actions.ensureWeights('fc1')]);
  assert.equal(weight(), 1);
  await showNetwork(signals, 'branching');
  assert.equal(weight(), undefined);
  await actions.ensureWeights('fc1');
  assert.equal(weight(), 2);
  await showNetwork(signals, 'mycnn');
  assert.equal(weight(), 1);
  await actions.ensureWeights('fc1');
  const paths = asked.calls.map(({ arguments: [path] }) => path);
  assert.equal(paths.filter((path) => String(path).includes('weights')).length, 2);
});

test('a name that no network has shows the usual one and is told of', async () => {
  serve(both);
  const network = createNetwork();
  await readState(network, 'network=nonesuch&open=fc1.2&zoom=7&range=map');
  assert.equal(network.signals.network.value, 'mycnn');
  assert.deepEqual(network.signals.unread.value, [
    { name: 'network', text: 'nonesuch' },
    { name: 'zoom', text: '7' },
  ]);
  assert.equal(stateText(network), `open=fc1.2.0.0&range=map&${EMPTY_PAPER}`);
});

test('of a text that was overtaken while its network came nothing more is shown', async () => {
  /** @type {(() => void)[]} */
  const held = [];
  serve((path) => {
    if (!path.startsWith('/networks/branching')) return both(path);
    return new Promise((resolve) => held.push(() => resolve(both(path))));
  });
  const network = createNetwork();
  let isNewest = true;
  const slow = readState(network, 'network=branching&open=conv1', undefined, () => isNewest);
  isNewest = false;
  assert.equal(await readState(network, 'network=mycnn&open=fc1'), true);
  held[0]();
  assert.equal(await slow, false);
  assert.equal(stateText(network), `open=fc1&${EMPTY_PAPER}`);
});

test('a layer whose name has dots and numbers is opened, and its maps and cells', async () => {
  serve(both);
  const network = createNetwork();
  for (const open of ['stem.0', 'stem.0.3', 'stem.0.3.1.0', 'fc1', 'conv1.2']) {
    await readState(network, `open=${open}`);
    assert.deepEqual(network.signals.unread.value, [], open);
    const { view } = network.signals;
    assert.equal(
      'layer' in view.value ? view.value.layer : '',
      open.startsWith('stem') ? 'stem.0' : open.split('.')[0],
    );
    if (open !== 'fc1') assert.ok(stateText(network).startsWith(`open=${open}&`), open);
  }
  await readState(network, 'open=stem');
  assert.deepEqual(network.signals.unread.value, [{ name: 'open', text: 'stem' }]);
});

test('a text comes back as it went out, of whichever network', async () => {
  serve(both);
  const [one, other] = [createNetwork(), createNetwork()];
  const text =
    'network=branching&open=conv1.3&range=network&zoom=2&without=box.border&invert=always';
  await readState(one, text);
  one.actions.beginStroke(toPoint(10, 20));
  one.actions.endStroke([toPoint(30, 40)]);
  const whole = stateText(one);
  assert.ok(whole.startsWith(`${text}&ink=`));
  assert.ok(hasDrawing(whole) && !hasDrawing(text));
  await readState(other, whole);
  assert.equal(stateText(other), whole);
  assert.deepEqual(other.signals.unread.value, []);
  await readState(other, EMPTY_PAPER);
  assert.equal(stateText(other), EMPTY_PAPER);
});

test('a piece is read by itself until something is drawn, and is in the text', async () => {
  /** @type {string[]} */
  const asked = [];
  serve((path) => {
    if (!path.includes('/forward')) return both(path);
    asked.push(path);
    return safetensors({ fc1: [1], input: [1] }, { layers: [], pieces: [], remarks: [] });
  });
  const network = createNetwork();
  const { signals, actions } = network;
  await readState(network, `${EMPTY_PAPER}&piece=1`);
  const stop = startInference(signals, screen);
  while (!signals.forward.value?.isExact) await settle();
  stop();
  const query = new URLSearchParams(asked[0].split('?')[1]);
  assert.deepEqual([query.get('piece'), query.get('border')], ['1', 'true']);
  assert.equal(stateText(network), `${EMPTY_PAPER}&piece=1`);
  actions.setPreparation({ border: false });
  assert.equal(signals.preparation.value.piece, 1);
  actions.beginStroke(toPoint(1, 1));
  assert.equal(signals.preparation.value.piece, null);
  assert.equal(signals.preparation.value.border, false);
});

test('what no parameter is called is told of, and the rest is shown', async () => {
  serve(both);
  const network = createNetwork();
  await readState(network, `${EMPTY_PAPER}&filters=99&piece=1`);
  assert.deepEqual(network.signals.unread.value, [{ name: 'filters', text: '99' }]);
  assert.equal(stateText(network), `${EMPTY_PAPER}&piece=1`);
});

test('which piece is read by itself is a step of undo', () => {
  const { signals, actions } = createNetwork();
  const piece = () => signals.preparation.value.piece;
  actions.beginStroke(toPoint(1, 1));
  actions.endStroke();
  actions.choosePiece(1);
  actions.choosePiece(1);
  actions.choosePiece(0);
  actions.undo();
  assert.equal(piece(), 1);
  assert.equal(signals.drawing.value.strokes.length, 1);
  actions.redo();
  assert.equal(piece(), 0);
  actions.beginStroke(toPoint(5, 5));
  actions.endStroke();
  assert.equal(piece(), null);
  actions.undo();
  assert.equal(piece(), 0);
  actions.undo();
  actions.undo();
  assert.equal(piece(), null);
  assert.equal(signals.drawing.value.strokes.length, 1);
  actions.undo();
  assert.equal(signals.drawing.value.strokes.length, 0);
});

test('the choice of a link comes back by undo as well', async () => {
  serve(both);
  const network = createNetwork();
  await readState(network, `${EMPTY_PAPER}&piece=1`);
  assert.equal(network.signals.canUndo.value, false);
  network.actions.choosePiece(null);
  assert.equal(stateText(network), EMPTY_PAPER);
  network.actions.undo();
  assert.equal(stateText(network), `${EMPTY_PAPER}&piece=1`);
});

test('a piece that is no number is told of', async () => {
  serve(both);
  const network = createNetwork();
  await readState(network, `${EMPTY_PAPER}&piece=left`);
  assert.deepEqual(network.signals.unread.value, [{ name: 'piece', text: 'left' }]);
  assert.equal(stateText(network), EMPTY_PAPER);
});

test('what a network answers is not shown once another one is', async () => {
  /** @type {(() => void)[]} */
  const held = [];
  const forward = (/** @type {number} */ value) =>
    safetensors({ fc1: [value], input: [value] }, { layers: [] });
  serve((path) => {
    if (!path.includes('/forward')) return both(path);
    const isFirst = path.startsWith('/networks/mycnn');
    return new Promise((resolve) => held.push(() => resolve(forward(isFirst ? 1 : 2))));
  });
  const { signals } = createNetwork();
  await showNetwork(signals, 'mycnn');
  const stop = startInference(signals, screen);
  await showNetwork(signals, 'branching');
  held[0]();
  while (held.length < 2) await settle();
  assert.equal(signals.forward.value, null);
  held[1]();
  while (!signals.forward.value) await settle();
  assert.equal(signals.activations.value.get('fc1')?.data[0], 2);
  stop();
  while (held.length < 3) await settle();
  held[2]();
});

/** Serves networks whose forward passes are answered when told to, each with what it asks for but `gone`. */
function serveHeld() {
  /** @type {{query: URLSearchParams, answer: () => void}[]} */
  const asked = [];
  /** @param {URLSearchParams} query */
  function forward(query) {
    const names = ['layers', 'thumbnails'].flatMap((name) => query.get(name)?.split(',') ?? []);
    const found = names.filter((name) => name && name !== 'gone');
    const values = Object.fromEntries([...found, 'input'].map((name) => [name, [1]]));
    return safetensors(values, { layers: found.map((name) => ({ name })) });
  }
  serve((path) => {
    if (!path.includes('/forward')) return both(path);
    const query = new URLSearchParams(path.split('?')[1]);
    return new Promise((done) => asked.push({ query, answer: () => done(forward(query)) }));
  });
  return asked;
}

/** A network of many layers, whose answers are held. */
async function deepNetwork() {
  const asked = serveHeld();
  const network = createNetwork();
  const { signals, actions } = network;
  await showNetwork(signals, 'mycnn');
  signals.deep.value = deep;
  signals.inSight.value = [];
  return { asked, network, signals, actions };
}

/** Answers with its first picture, and with its exact values. @param {ReturnType<typeof serveHeld>} asked @param {ReturnType<typeof createNetwork>['signals']} signals */
async function answerFirst(asked, signals) {
  for (const place of [0, 1]) {
    while (asked.length <= place) await settle();
    asked[place].answer();
  }
  while (!signals.forward.value?.isExact) await settle();
  await settle();
}

test('a network of many layers is asked for nothing twice that is on its way', async () => {
  const { asked, signals, actions } = await deepNetwork();
  signals.inSight.value = ['conv1'];
  const stop = startInference(signals, screen);
  asked[0].answer();
  while (asked.length < 2) await settle();
  actions.open({ kind: 'layer', layer: 'fc1' });
  signals.inSight.value = ['conv1', 'stem.0'];
  asked[1].answer();
  while (asked.length < 3) await settle();
  const [first, exact, rest] = asked.map(({ query }) => query);
  assert.deepEqual([first.get('dtype'), exact.get('dtype')], ['uint8', 'float32']);
  assert.deepEqual([exact.get('thumbnails'), rest.get('thumbnails')], ['conv1', 'stem.0']);
  asked[2].answer();
  while (!signals.forward.value?.tensors.has('stem.0')) await settle();
  await settle();
  assert.equal(asked.length, 3);
  actions.setPreparation({ crop: false });
  while (asked.length < 4) await settle();
  actions.setPreparation({ crop: true });
  asked[3].answer();
  while (asked.length < 5) await settle();
  asked[4].answer();
  while (signals.forward.value?.preparation !== signals.preparation.value) await settle();
  stop();
});

test('what is opened is asked for by itself and shown with its values, what is around it comes behind it', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asked, signals, actions } = await deepNetwork();
  /** Whether its values were there whenever what is open was shown. @type {boolean[]} */
  const known = [];
  const stopShowing = effect(() => {
    if (signals.view.value.kind === 'overview') return;
    known.push(signals.forward.peek()?.tensors.has('conv1') ?? false);
    signals.inSight.value = ['stem.0'];
  });
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  assert.equal(asked.length, 2);
  actions.open({ kind: 'layer', layer: 'conv1' });
  assert.equal(asked.length, 3);
  assert.deepEqual(known, []);
  asked[2].answer();
  while (known.length === 0) await settle();
  assert.deepEqual(known, [true]);
  mock.timers.tick(400);
  while (!signals.forward.value?.tensors.has('conv1')) await settle();
  // What is shown is of the same picture, however long the rest of it takes.
  mock.timers.tick(40);
  assert.equal(signals.isOutdated.value, false);
  while (asked.length < 4) await settle();
  assert.deepEqual(
    asked.slice(2).map(({ query }) => [query.get('layers'), query.get('thumbnails')]),
    [
      ['conv1', ''],
      ['fc1', 'stem.0'],
    ],
  );
  asked[3].answer();
  while (!signals.forward.value?.tensors.has('stem.0')) await settle();
  stopShowing();
  stop();
});

test('what is opened is shown without its values where they take longer than a moment', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const now = mock.method(performance, 'now', () => 0).mock;
  const { asked, network, signals, actions } = await deepNetwork();
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  actions.open({ kind: 'layer', layer: 'conv1' });
  // A link is of what was opened, not of what is still shown.
  assert.match(stateText(network), /^open=conv1&/);
  mock.timers.tick(60);
  now.mockImplementation(() => 60);
  actions.open({ kind: 'map', layer: 'stem.0', channel: 1 });
  assert.equal(signals.view.value.kind, 'overview');
  mock.timers.tick(39);
  assert.equal(signals.view.value.kind, 'overview');
  mock.timers.tick(1);
  assert.deepEqual(signals.view.value, { kind: 'map', layer: 'stem.0', channel: 1 });
  assert.equal(signals.opening.value, null);
  assert.equal(asked.length, 3);
  stop();
});

test('what is closed, and what another network lacks, is not shown once its values come', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asked, signals, actions } = await deepNetwork();
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  actions.open({ kind: 'layer', layer: 'conv1' });
  actions.close();
  assert.deepEqual([signals.view.value.kind, signals.opening.value], ['overview', null]);
  mock.timers.tick(400);
  assert.equal(signals.view.value.kind, 'overview');
  actions.open({ kind: 'layer', layer: 'stem.0' });
  await showNetwork(signals, 'branching');
  assert.equal(signals.opening.value, null);
  mock.timers.tick(400);
  assert.equal(signals.view.value.kind, 'overview');
  stop();
});

test('another way through a network waits for no layer that it lacks', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asked, signals, actions } = await deepNetwork();
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  const first = outline('mycnn');
  const [, ...layers] = first.layers;
  const other = { ...first, path: 1, decides: true, layers };
  serve((path) => (path.includes('/forward') ? new Promise(() => {}) : Response.json(other)));
  const known = /** @type {import('../../../../static/js/core/graph.js').Outline} */ (
    signals.outline.value
  );
  signals.outline.value = { ...known, path: 0, decides: true };
  startPaths(signals, (follow) => void effect(follow));
  actions.open({ kind: 'layer', layer: 'conv1' });
  assert.notEqual(signals.opening.value, null);
  const have = signals.forward.value;
  signals.forward.value = have && { ...have, document: { ...have.document, path: 1 } };
  while (signals.layers.value.some(({ name }) => name === 'conv1')) await settle();
  assert.deepEqual([signals.opening.value, signals.opened.value.kind], [null, 'overview']);
  mock.timers.tick(400);
  assert.equal(signals.view.value.kind, 'overview');
  stop();
});

test('an opened layer that is long on its way is told of, what is around it is not', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asked, signals, actions } = await deepNetwork();
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  actions.open({ kind: 'layer', layer: 'conv1' });
  mock.timers.tick(299);
  assert.equal(signals.isBusy.value, false);
  mock.timers.tick(1);
  assert.deepEqual([signals.isBusy.value, signals.isOutdated.value], [true, false]);
  asked[2].answer();
  while (signals.isBusy.value) await settle();
  signals.inSight.value = ['stem.0'];
  mock.timers.tick(33);
  while (asked.length < 4) await settle();
  mock.timers.tick(400);
  assert.equal(signals.isBusy.value, false);
  stop();
});

test('what is drawn does not wait for the rest of what was opened, and what an answer lacks is asked for once', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const { asked, signals, actions } = await deepNetwork();
  const stop = startInference(signals, screen);
  await answerFirst(asked, signals);
  actions.pointAt({ layer: 'gone', channel: 0, row: 0, column: 0 });
  asked[2].answer();
  for (let turn = 0; turn < 9; turn += 1) {
    await settle();
    mock.timers.tick(50);
  }
  assert.equal(asked.length, 3);
  actions.pointAt(null);
  actions.open({ kind: 'layer', layer: 'conv1' });
  actions.setPreparation({ crop: false });
  mock.timers.tick(400);
  assert.equal(signals.isOutdated.value, true);
  asked[3].answer();
  while (asked.length < 5) await settle();
  assert.equal(asked[4].query.get('crop'), 'false');
  asked[4].answer();
  while (signals.forward.value?.preparation !== signals.preparation.value) await settle();
  assert.equal(signals.isOutdated.value, false);
  stop();
  mock.timers.tick(50);
  assert.equal(asked.length, 5);
});

test('a text that tells of nothing else leaves the preparation as it is', async () => {
  serve(both);
  const network = createNetwork();
  const { preparation } = network.signals;
  await readState(network, 'without=crop&invert=never&part=0.1_0.2_0.5');
  const before = preparation.value;
  assert.deepEqual([before.crop, before.invert], [false, 'never']);
  assert.notEqual(before.part, undefined);
  await readState(network, stateText(network));
  assert.equal(preparation.value, before);
  await readState(network, '');
  assert.deepEqual([preparation.value.crop, preparation.value.part], [true, undefined]);
});

test('an untouched example becomes one that the network reads, in the step that shows it', async () => {
  const laid = { label: 9, kind: 'clothes' };
  serve((path) =>
    path.startsWith('/samples/')
      ? safetensors({ image: [0, 0, 1, 0] }, laid)
      : Response.json({ ...outline('fashion'), preparation: 'clothes' }),
  );
  const { signals, actions } = createNetwork();
  const digit = { name: 'digit-7-0', label: 7, pixels: new Uint8Array(4) };
  actions.showExample(digit);
  /** @type {string[]} */
  const seen = [];
  const stop = effect(() => {
    const { base } = signals.drawing.value;
    const named = base && base.kind !== 'image' ? base.name : '';
    seen.push(`${signals.outline.value?.name ?? ''} ${named}`);
  });
  await actions.showNetwork('fashion');
  assert.deepEqual(seen, [' digit-7-0', 'fashion clothes-9-0']);
  assert.equal(signals.canUndo.value, false);
  stop();
});

test('what somebody drew stays where another network is shown, and so does an example that cannot be had', async () => {
  serve((path) =>
    path.startsWith('/samples/')
      ? missing()
      : Response.json({ ...outline('fashion'), preparation: 'photo' }),
  );
  const [drawn, untouched] = [createNetwork(), createNetwork()];
  drawn.actions.beginStroke(toPoint(1, 1));
  const { drawing } = drawn.signals;
  const before = drawing.value;
  await drawn.actions.showNetwork('fashion');
  assert.equal(drawing.value, before);
  untouched.actions.showExample({ name: 'digit-7-0', label: 7, pixels: new Uint8Array(4) });
  await untouched.actions.showNetwork('fashion');
  assert.equal(untouched.signals.network.value, 'fashion');
  assert.equal(untouched.signals.failure.value, 'There is no network of that name.');
});

test('a network that the server has no more by now is told apart from another refusal', async () => {
  const refused = (/** @type {object} */ problem) =>
    serve((path) =>
      path.includes('/weights')
        ? Response.json(problem, {
            status: 404,
            headers: { 'content-type': 'application/problem+json' },
          })
        : both(path),
    );
  const network = createNetwork();
  refused({ type: '/docs#unknown-name', detail: 'There is mycnn.' });
  await network.actions.showNetwork('branching');
  await network.actions.ensureWeights('conv1');
  const { failure, isGone } = network.signals;
  assert.match(String(failure.value), /^branching as it stands here is no longer on this server/);
  assert.equal(isGone.value, true);
  refused({ type: '/docs#other', detail: 'Not now.' });
  await network.actions.ensureWeights('conv1');
  assert.deepEqual([failure.value, isGone.value], ['Not now.', false]);
  // Whoever goes on to a network that is there has left the one that is not.
  refused({ type: '/docs#unknown-name', detail: 'There is mycnn.' });
  await network.actions.ensureWeights('conv1');
  assert.equal(isGone.value, true);
  await network.actions.showNetwork('mycnn');
  assert.deepEqual([failure.value, isGone.value], [null, false]);
});

test('without a network nothing is asked', async () => {
  const asked = serve(both).mock;
  const { signals, actions } = createNetwork();
  const stop = startInference(signals, screen);
  actions.beginStroke(toPoint(1, 1));
  await settle();
  assert.equal(asked.callCount(), 0);
  stop();
});

test('what is asked about the decision is in the link while it is open, and comes back', async () => {
  serve(both);
  const texts = [
    'why=saliency',
    'why=integrated_gradients&why.class=2&why.against=3&why.random=2',
    'why=grad_cam&why.layer=stem.0',
    'why=hand&why.patch=1.0.1.mean',
  ];
  const network = createNetwork();
  for (const text of texts) {
    await readState(network, text);
    assert.deepEqual(network.signals.unread.value, [], text);
    assert.equal(stateText(network), `${text}&${EMPTY_PAPER}`);
  }
  await readState(network, '');
  assert.equal(network.signals.view.value.kind, 'overview');
  assert.equal(stateText(network), EMPTY_PAPER);
});

test('of a question that cannot be read what is usual is asked', async () => {
  serve(both);
  const network = createNetwork();
  await readState(
    network,
    'why=guess&why.class=9&why.against=one&why.layer=fc1&why.random=7&why.patch=here',
  );
  assert.deepEqual(
    network.signals.unread.value.map(({ name }) => name),
    ['why', 'why.class', 'why.against', 'why.layer', 'why.random', 'why.patch'],
  );
  assert.equal(stateText(network), `why=saliency&${EMPTY_PAPER}`);
});

test('a class is compared with another one, never with itself', async () => {
  serve(both);
  const network = createNetwork();
  await readState(network, 'why=grad_cam&why.class=2&why.against=2');
  assert.deepEqual(network.signals.unread.value, [{ name: 'why.against', text: '2' }]);
  const { actions, signals } = createWhy(network);
  actions.ask({ index: 1, against: 2 });
  actions.ask({ index: 2 });
  assert.deepEqual([signals.question.value.index, signals.question.value.against], [2, null]);
  actions.ask({ index: 3 });
  assert.equal(signals.question.value.against, null);

  // The class that is predicted moves with the pen: back there, the comparison is, too.
  actions.ask({ index: null, against: 1 });
  const against = [0, 1, 0].map((index) => {
    const document = { prediction: { index, label: String(index) } };
    network.signals.forward.value = { document, tensors: new Map(), isExact: true, of: { at: 0 } };
    return signals.question.value.against;
  });
  assert.deepEqual(against, [1, null, 1]);
});

test('of another network of the same classes the same is asked', async () => {
  const shown = {
    near: { ...outline('near'), layers: [layer('conv1', 'Conv2d', [4, 2, 2]), layer('fc1')] },
    far: { ...outline('far'), classes: ['a', 'b', 'c', 'd'] },
  };
  serve((path) => {
    const found = Object.entries(shown).find(([name]) => path === `/networks/${name}`);
    return found ? Response.json(found[1]) : both(path);
  });
  const network = createNetwork();
  await readState(network, 'why=grad_cam&why.class=3&why.against=2&why.layer=conv1&why.random=3');
  await network.actions.showNetwork('near');
  const kept = 'why=grad_cam&why.class=3&why.against=2&why.random=2';
  assert.equal(stateText(network), `network=near&${kept}&${EMPTY_PAPER}`);
  await network.actions.showNetwork('far');
  assert.equal(stateText(network), `network=far&why=grad_cam&${EMPTY_PAPER}`);
});
