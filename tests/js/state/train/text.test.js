import assert from 'node:assert/strict';
import { test } from 'node:test';

import { signal } from '@preact/signals-core';

import { readState } from '../../../../static/js/state/train/text.js';

/** What a page says once it was opened by a link. @param {string} text @param {string | null} [trouble]  what goes wrong as its run is shown */
async function said(text, trouble = null) {
  const problem = signal(/** @type {string | null} */ (null));
  const signals = {
    problem,
    inside: signal(''),
    compared: signal(null),
    run: signal(null),
    runs: signal([]),
    status: signal(''),
  };
  const actions = {
    look: () => {},
    compare: async () => {},
    scrub: () => {},
    show: async () => {
      problem.value = trouble;
      return trouble === null;
    },
  };
  const training = /** @type {import('../../../../static/js/state/train/training.js').Training} */ (
    /** @type {unknown} */ ({ signals, actions })
  );
  await readState(training, text, ['run', 'update']);
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
