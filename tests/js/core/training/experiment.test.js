import assert from 'node:assert/strict';
import { test } from 'node:test';

import {
  expectation,
  isAbout,
  outcomeText,
  pairOf,
  partNames,
  progressOf,
  runsOf,
} from '../../../../static/js/core/training/experiment.js';
import { USUAL_RECIPE } from '../../../../static/js/core/training/recipe.js';

const DROPPED = { ...USUAL_RECIPE, dropout: 0.5 };
const TRANSFERRED = { ...USUAL_RECIPE, transfer: { from: 'fashion_mycnn', freeze: true } };
/** @param {readonly import('../../../../static/js/core/training/recipe.js').Recipe[]} recipes */
const experiment = (recipes) => ({
  ...{ name: 'one', title: 'One', question: 'What?', compared: 'loss' },
  runs: recipes.map((recipe, at) => ({ name: `part ${at}`, recipe })),
});
/** @param {string} id @param {string} state @param {any} recipe */
const run = (id, state, recipe = USUAL_RECIPE) => ({ id, state, recipe });

test('an experiment finds its newest runs by their recipes', () => {
  const runs = [
    run('a', 'failed', DROPPED),
    run('b', 'running', { ...DROPPED, split_seed: 3 }),
    run('c', 'finished', DROPPED),
    run('d', 'finished', { ...USUAL_RECIPE, seed: 1 }),
  ];
  const found = runsOf(experiment([USUAL_RECIPE, DROPPED]), runs);
  assert.deepEqual(
    found.map((each) => each?.id),
    [undefined, 'b'],
  );
});

test('its runs are called as their parts are', () => {
  const names = partNames(experiment([USUAL_RECIPE, DROPPED]), [null, run('b', 'running')]);
  assert.deepEqual([...names], [['b', 'part 1']]);
});

test('what will happen is said, and how long it takes where that is known', () => {
  const [two, three] = [2, 3].map((count) => experiment(Array(count).fill(USUAL_RECIPE)));
  const of = (/** @type {number} */ steps, /** @type {number | null} */ seconds) => ({
    steps,
    seconds_estimated: seconds,
  });
  assert.match(
    expectation(two, []),
    /^2 short runs are carried out, one behind the other\. .* as they grow, and/,
  );
  assert.match(
    expectation(two, [of(1225, 20), of(1225, 21.4)]),
    /^2 short runs of 1,225 steps each are .* other, in about 41\u00a0s in all\./,
  );
  assert.match(expectation(two, [of(3, 0.2), of(3, 0.3)]), /other, in less than 1\u00a0s in all\./);
  assert.match(
    expectation(two, [of(3, 20), of(3, null)]),
    /of 3 steps each .* one behind the other\./,
  );
  assert.match(
    expectation(three, [of(3, 20), of(3, 20), of(4, 20)]),
    /^3 short runs are .* about 1\u00a0min 0\u00a0s in all\. .* two of them/,
  );
});

test('what a run takes over from a trained network is no other recipe', () => {
  const settled = run('a', 'finished', { ...TRANSFERRED, network: 'fashion_mycnn' });
  assert.equal(runsOf(experiment([TRANSFERRED]), [settled])[0]?.id, 'a');
  const other = run('b', 'finished', { ...settled.recipe, seed: 4 });
  assert.equal(runsOf(experiment([TRANSFERRED]), [other])[0], null);
});

test('it goes on as long as one of its runs does', () => {
  const [ended, going] = [run('a', 'diverged'), run('b', 'queued')];
  assert.equal(progressOf([null, null]), 'none');
  assert.equal(progressOf([ended, going]), 'living');
  assert.equal(progressOf([ended, ended]), 'ended');
  assert.equal(progressOf([ended, null]), 'some');
  assert.equal(progressOf([ended, run('c', 'paused')]), 'some');
});

test('the first that has begun stands on the chart, beside it the chosen one', () => {
  const [ended, waiting] = [run('a', 'finished'), run('b', 'queued')];
  assert.equal(pairOf([null, waiting], 1), null);
  assert.deepEqual(pairOf([ended, waiting], 1), [0, null]);
  assert.deepEqual(pairOf([ended, ended, ended], 2), [0, 2]);
  assert.deepEqual(pairOf([null, ended, ended], 1), [1, 2]);
});

test('what an experiment is about is what its recipes differ in', () => {
  assert.ok(isAbout(experiment([USUAL_RECIPE, DROPPED]), 'dropout'));
  assert.ok(!isAbout(experiment([USUAL_RECIPE, DROPPED]), 'initialization'));
});

test('a number of an outcome is a share, a count or a measure', () => {
  assert.equal(outcomeText('validation accuracy', 0.9625), '96.3\u00a0%');
  assert.equal(outcomeText('2, 5 and 7', 0.5), '50.0\u00a0%');
  assert.equal(outcomeText('parameters', 421642), '421,642');
  assert.equal(outcomeText('training loss', 0.12345), '0.1235');
  assert.equal(outcomeText('training loss', 1.13e17), '1.130 · 10¹⁷');
  assert.equal(outcomeText('digits a second', 3518.46), '3,518');
  assert.equal(outcomeText('epochs to the goal', null), 'never');
  assert.equal(outcomeText('validation accuracy', null), '–');
});
