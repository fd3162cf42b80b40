import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

import { signal } from '@preact/signals-core';

import { openPage, pass } from '../browser.js';
import { createWhole } from '../../../../static/js/state/network/whole.js';

/** @typedef {import('../../../../static/js/core/tensor.js').Tensor} Tensor */

/** A tensor of one value. @param {number} value @returns {Tensor} */
const one = (value) => ({ data: Float32Array.of(value), shape: [1] });

/** An answer. @param {number} value @param {boolean} hasSteps */
const answer = (value, hasSteps) =>
  /** @type {any} */ ({
    document: { layers: [], steps: hasSteps ? [{ name: 'grey', detail: `grey ${value}` }] : [] },
    tensors: new Map(
      Object.entries(
        hasSteps ? { fc1: one(value), 'steps.grey': one(value) } : { fc1: one(value) },
      ),
    ),
  });

/** What a network is, as far as it is asked for; `take` shows what has come of the picture that is drawn. */
function network() {
  const signals = /** @type {any} */ ({
    changed: signal({ at: 0 }),
    forward: signal(null),
    outline: signal({ layers: [] }),
    preparation: signal({ crop: true }),
  });
  const ask = createWhole();
  /** @type {import('../../../../static/js/state/network/request.js').Question} */
  let question;
  return {
    signals,
    draw: () => (signals.changed.value = { at: 0 }),
    ask: () => (question = ask(signals)),
    take(/** @type {number} */ value) {
      const shown = question.take(answer(value, question.parameters.steps !== 'none'), false);
      signals.forward.value = { ...shown, isExact: true, of: signals.changed.value };
    },
    shown: () => ({
      fc1: signals.forward.value.tensors.get('fc1').data[0],
      step: signals.forward.value.document.steps[0]?.detail,
      picture: signals.forward.value.tensors.get('steps.grey')?.data[0],
      lacksSteps: Boolean(signals.forward.value.lacksSteps),
    }),
  };
}

beforeEach(() => openPage());

test('while a pen draws the steps come along now and then; those that are there stay', () => {
  const { ask, draw, shown, take } = network();
  assert.equal(ask().parameters.steps, undefined, 'at first all comes');
  take(1);
  draw();
  pass(40);
  const quick = ask();
  assert.deepEqual(
    [quick.parameters.steps, quick.isPart, quick.isFollowing],
    ['none', true, false],
  );
  take(2);
  assert.deepEqual(shown(), { fc1: 2, step: 'grey 1', picture: 1, lacksSteps: true });
  draw();
  pass(60);
  assert.equal(ask().parameters.steps, undefined);
  take(3);
  assert.deepEqual(shown(), { fc1: 3, step: 'grey 3', picture: 3, lacksSteps: false });
});

/** A network on show without its steps. */
function drawnQuickly() {
  const drawn = network();
  drawn.ask();
  drawn.take(1);
  drawn.draw();
  pass(10);
  drawn.ask();
  drawn.take(2);
  return drawn;
}

test('what was shown without its steps is asked for with them once it rests', () => {
  const { ask, shown, take } = drawnQuickly();
  pass(10);
  const rest = ask();
  assert.deepEqual(
    [rest.parameters.steps, rest.isPart, rest.isFollowing],
    [undefined, false, true],
  );
  take(2);
  assert.deepEqual(shown(), { fc1: 2, step: 'grey 2', picture: 2, lacksSteps: false });
  assert.ok(!ask().isFollowing, 'it has them');
});

test('a picture that is prepared in another way is another one', () => {
  const { ask, signals } = drawnQuickly();
  signals.preparation.value = { crop: false };
  assert.ok(!ask().isFollowing);
});
