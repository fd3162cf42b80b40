import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signal } from '@preact/signals-core';

import { readState } from '../../../../static/js/state/train/text.js';

/** What was done with the runs. @type {string[]} */
const done = [];
/** What was asked to be compared. @type {unknown[][]} */
const compared = [];

/**
 * What a page says once it was opened by a link.
 * @param {string} text
 * @param {string | null} [trouble]  what goes wrong as its run is shown
 * @param {{shown?: string | null, isWanted?: () => boolean}} [now]  the run that is shown before
 */
async function said(text, trouble = null, { shown = null, isWanted } = {}) {
  done.length = compared.length = 0;
  const problem = signal(/** @type {string | null} */ (null));
  const signals = {
    problem,
    inside: signal(''),
    compared: signal(null),
    run: signal(shown && { id: shown }),
    runs: signal([]),
    status: signal(''),
  };
  const actions = {
    look: () => {},
    compare: async (/** @type {unknown[]} */ ...asked) => void compared.push(asked),
    scrub: () => void done.push('scrub'),
    stay: () => void done.push('stay'),
    show: async () => {
      problem.value = trouble;
      return trouble === null;
    },
  };
  const training = /** @type {import('../../../../static/js/state/train/training.js').Training} */ (
    /** @type {unknown} */ ({ signals, actions })
  );
  await readState(training, text, ['run', 'update'], true, isWanted);
  return problem.value;
}

test('of a link that can be read nothing is said', async () => {
  for (const text of ['', 'run=r1&step=4', 'run=r1&step=turning&with=r2@8&view=update&at=loss'])
    assert.equal(await said(text), null);
});

test('what is unknown of a link is told, each part by its name', async () => {
  const left = (/** @type {string} */ part) => `The link’s “${part}” is unknown and left out.`;
  assert.equal(await said('run=r1&colour=red'), left('colour=red'));
  assert.equal(await said('run=r1&step=last'), left('step=last'));
  assert.equal(await said('view=film&ink=!'), `${left('view=film')} ${left('ink=!')}`);
});

test('it is told beside what went wrong', async () => {
  assert.equal(
    await said('run=gone&hue=1', 'There is no run gone.'),
    'There is no run gone. The link’s “hue=1” is unknown and left out.',
  );
});

test('a link to the run that is shown ends the wait for another', async () => {
  await said('run=r1&step=4', null, { shown: 'r1' });
  assert.deepEqual(done, ['stay', 'scrub']);
});

test('of a link that was overtaken nothing is said', async () => {
  assert.equal(await said('run=r1&hue=1', null, { isWanted: () => false }), null);
});

test('a link says what is compared, also where it is nothing and nothing is compared yet', async () => {
  await said('run=r1');
  assert.deepEqual(compared, [[null, null]]);
  await said('run=r1&with=r2');
  assert.deepEqual(compared, [['r2', null]]);
  await said('run=r1&with=r2@8');
  assert.deepEqual(compared, [['r2', 8]]);
});
