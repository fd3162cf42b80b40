import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { entries, fire, go, openPage, pass } from '../browser.js';
import { EXAMPLE } from '../../../../static/js/core/experiment/experiment.js';
import { addressOf, bindAddress, fragment } from '../../../../static/js/state/bind_address.js';
import { createLab } from '../../../../static/js/state/lab/lab.js';
import {
  placeOf,
  readState,
  stateOf,
  stateText,
  textOf,
} from '../../../../static/js/state/lab/link.js';
import { USUAL_RANGES } from '../../../../static/js/state/lab/store.js';

const { signals: store, actions } = createLab();
const { canUndo, experiment, notice } = store;

/** Joins the Lab and the address. @param {string} [begun] */
const startAddress = (begun) =>
  bindAddress({
    begun,
    state: () => stateOf(store),
    text: textOf,
    read: (text) => readState(store, text),
    place: placeOf,
  });

/** @type {() => void} */
let stop = () => {};

/** Opens the page at an address in a fresh browser. @param {string} [hash] */
function visit(hash = '') {
  stop();
  openPage(hash);
  readState(store, fragment(), true);
  stop = startAddress();
  pass(1000);
}

afterEach(() => stop());

test('a first visit shows the example, and its address is bare', () => {
  visit();
  assert.equal(experiment.value.operation, EXAMPLE.operation);
  assert.deepEqual(entries.urls, ['/lab']);
  assert.equal(addressOf(stateText(store)), '/lab');
  assert.deepEqual(
    [canUndo.value, notice.value, store.see.value],
    [false, null, { kind: 'forward' }],
  );
});

test('a link opened in a fresh browser shows the same', () => {
  visit();
  actions.setInputChannels(2);
  actions.setFilters(3);
  actions.setControl('stride', 'both', 1);
  actions.setWeightCell([1, 0, 2, 2], 0.3);
  actions.compareWith({
    ...experiment.value,
    settings: { ...experiment.value.settings, dilation: 2 },
  });
  actions.setSpeed(2);
  actions.setOverlay({ rows: 1, columns: -2 });
  actions.setSweepRanges({ ...USUAL_RANGES, dilation: [1, 2], stride: null });
  actions.pin({ side: 'kernel', channel: 1, row: 0, column: 2, filter: 2 });
  store.photoName.value = 'china';
  pass(1000);
  const link = addressOf(stateText(store));
  const shown = () => [
    experiment.value,
    store.other.value?.experiment.value,
    store.see.value,
    store.filter.value,
    store.pinned.value,
    store.playback.value,
    store.overlay.value,
    store.sweepRanges.value,
    store.photoName.value,
  ];
  const before = shown();
  visit();
  assert.notDeepEqual(shown(), before);
  visit(link);
  assert.deepEqual(shown(), before);
  assert.equal(addressOf(stateText(store)), link);
  assert.equal(store.other.value?.experiment.value.input, experiment.value.input);
});

test('a frame at which playing stands is in the link, the end is not', () => {
  visit('#frame=4');
  assert.equal(store.playback.value.frame, 4);
  actions.finish();
  assert.equal(addressOf(stateText(store)), '/lab');
  actions.play();
  assert.equal(addressOf(stateText(store)), '/lab');
  actions.pause();
  assert.equal(addressOf(stateText(store)), '#frame=0');
});

test('a link to something impossible shows the nearest that is possible, and says so', () => {
  visit('#kernel_size=9&padding=0');
  assert.deepEqual(experiment.value.settings.kernel_size, [8, 8]);
  assert.match(String(notice.value?.sentence), /kernel_size is now 8\.$/);
});

test('what is changed of the compared settings is said too', () => {
  visit('#compare_with=stride%3D99');
  assert.equal(store.other.value?.experiment.value.settings.stride, 16);
  const beside =
    'Of what is compared: stride goes up to 16 here; 99 was asked for. stride is now 16.';
  assert.deepEqual(notice.value, { field: 'compare_with', sentence: beside });
  visit('#dilation=4&compare_with=stride%3D99');
  assert.match(
    String(notice.value?.sentence),
    /^The kernel .* dilation is now 3\. Of what is compared/,
  );
  assert.equal(notice.value?.field, 'kernel_size');
});

test('what a link has beyond what the Lab knows is said, and the rest is shown', () => {
  visit('#filters=99&stride=3&see=photo&speed=9');
  assert.equal(experiment.value.settings.stride, 3);
  assert.equal(store.see.value.kind, 'forward');
  assert.equal(
    notice.value?.sentence,
    'The link’s “see=photo” is unknown and left out. The link’s “speed=9” is unknown and left out. ' +
      'The link’s “filters=99” is unknown and left out.',
  );
  for (const view of [
    'filter=x',
    'filter=-1',
    'pin=a.1',
    'frame=x',
    'shift=1',
    'twice=1',
    'photo=.',
  ]) {
    visit(`#${view}`);
    assert.equal(notice.value?.sentence, `The link’s “${view}” is unknown and left out.`);
  }
  visit('#see=backward&filter=0&pin=output.0.1.1&frame=2&speed=2&shift=1.0&twice=false&photo=cat');
  assert.equal(notice.value?.sentence, undefined);
  visit('#kernel_size=9&filters=99');
  assert.match(notice.value?.sentence ?? '', /kernel_size is now 8\. The link’s “filters=99”/);
  visit('');
});

test('what a link has beyond what is compared is said, its own input included', () => {
  visit('#see=compare&compare_with=stride%3D2%26filters%3D9%26input%3Dramp');
  assert.equal(store.other.value?.experiment.value.settings.stride, 2);
  assert.equal(
    notice.value?.sentence,
    'The link’s “filters=9” is unknown and left out. The link’s “input=ramp” is unknown and left out.',
  );
  visit('');
});

test('a sweep that a link cannot name is the usual one, and it is said', () => {
  visit('#sweep_stride=zz&sweep_padding=1_x&sweep_dilation=-');
  const { stride, padding, dilation } = store.sweepRanges.value;
  assert.deepEqual([stride, padding, dilation], [USUAL_RANGES.stride, [1], null]);
  assert.equal(
    notice.value?.sentence,
    'The sweep’s stride in this link cannot be read; the usual one is shown. ' +
      'Of the sweep’s padding in this link, what cannot be read was left out.',
  );
  visit('#sweep_stride=1_2&padding=999&sweep_padding=q');
  assert.match(notice.value?.sentence ?? '', /padding is now .* The sweep’s padding/);
});

test('a comparison that names nothing opens on what the usual pair compares with', () => {
  visit('#see=compare&stride=1');
  assert.deepEqual([store.see.value.kind, experiment.value.settings.stride], ['compare', 1]);
  assert.equal(store.other.value?.experiment.value.operation, 'max');
  visit('#stride=1');
  assert.equal(store.other.value, null);
});

test('what had to give way before a link was opened is not brought back into it', () => {
  visit('#stride=1');
  actions.setControl('dilation', 'both', 3);
  actions.setInputSize(5, 5);
  assert.equal(experiment.value.settings.dilation, 2);
  visit('#dilation=2');
  actions.setInputSize(30, 30);
  assert.equal(experiment.value.settings.dilation, 2);
});

test('what a link says of the view is taken only where it can be', () => {
  const hash =
    '#see=stamp&filter=x&pin=output.1&frame=-3&speed=7&shift=1&photo=../x&sweep_stride=y&compare_with=stride%3Dx';
  visit(hash);
  assert.deepEqual(store.see.value, { kind: 'forward' });
  assert.deepEqual([store.filter.value, store.pinned.value, store.overlay.value], [0, null, null]);
  assert.deepEqual([store.playback.value.frame, store.playback.value.speed], [0, 1]);
  assert.equal(store.photoName.value, null);
  assert.equal(store.sweepRanges.value.stride, USUAL_RANGES.stride);
  assert.equal(store.other.value?.experiment.value.operation, 'conv2d');
  visit('#pin=side.0.0.0');
  assert.equal(store.pinned.value, null);
  visit('#pin=input.0.7.7');
  assert.deepEqual(store.pinned.value, { side: 'input', channel: 0, row: 7, column: 7 });
  assert.equal(addressOf(stateText(store)), '#pin=input.0.7.7');
});

test('sliding replaces the address once it rests; an operation is a step for Back', () => {
  visit();
  const { replaced } = entries;
  for (const value of [1, 2, 3]) {
    actions.setControl('padding', 'both', value);
    pass(100);
  }
  assert.equal(entries.replaced, replaced);
  pass(300);
  assert.deepEqual([entries.replaced, entries.urls], [replaced + 1, ['/lab#padding=3']]);
  actions.setOperation('average');
  assert.deepEqual(entries.urls, ['/lab#padding=3', '/lab#operation=average&padding=2']);
  actions.setSee({ kind: 'backward' });
  assert.equal(entries.urls.length, 3);
  go(-1);
  assert.deepEqual([experiment.value.operation, store.see.value.kind], ['average', 'forward']);
  go(-1);
  pass(1000);
  assert.deepEqual([experiment.value.operation, experiment.value.settings.padding], ['conv2d', 3]);
  assert.equal(entries.urls.length, 3, 'going back is no step of its own');
  go(1);
  assert.equal(experiment.value.operation, 'average');
  actions.undo();
  assert.equal(experiment.value.operation, 'conv2d');
});

test('what was set just before a step is in the entry that Back comes to', () => {
  visit();
  actions.setControl('padding', 'both', 1);
  actions.openSweepRow({
    experiment: { ...experiment.value, settings: { ...experiment.value.settings, stride: 1 } },
  });
  assert.deepEqual(entries.urls, ['/lab#padding=1', '/lab#stride=1&padding=1']);
});

test('leaving the page writes what has not been written', () => {
  visit();
  fire('pagehide');
  assert.deepEqual(entries.urls, ['/lab']);
  actions.setControl('padding', 'both', 1);
  fire('pagehide');
  assert.deepEqual(entries.urls, ['/lab#padding=1']);
});

test('an address that is typed is taken whole', () => {
  visit();
  entries.urls.push('/lab#operation=max');
  go(1);
  assert.equal(experiment.value.operation, 'max');
  actions.undo();
  assert.equal(experiment.value.operation, 'conv2d');
});

test('what was opened before the address was joined is a step of its own', () => {
  visit();
  stop();
  const begun = placeOf(stateOf(store));
  actions.setOperation('max');
  stop = startAddress(begun);
  pass(1000);
  assert.equal(entries.urls.length, 2);
  go(-1);
  assert.equal(experiment.value.operation, EXAMPLE.operation);
});
