import { momentBy, momentText } from '../../core/training/moments.js';
import { whileSame } from '../while_same.js';

/**
 * @import {Moment} from '../../core/training/moments.js'
 * @import {Training} from './training.js'
 * @import {Run} from './store.js'
 *
 * A moment that is looked at. `id`: its network's name; `name`: when it was, and of which run where there
 * are two; `title`: of the run.
 * @typedef {{readonly id: string, readonly run: Run, readonly moment: Moment, readonly name: string,
 *   readonly title: string}} ShownMoment
 */

/** What a run is called. @param {Run} run */
export const runTitle = ({ id, title }) => title || `run ${id}`;

/** The name of a moment's network, as the API has it. @param {string} run @param {number} step */
export const networkName = (run, step) => `run:${run}@step-${step}`;

/** @param {Run} run @param {Moment} moment @param {string} [title] @returns {ShownMoment} */
const shown = (run, moment, title = runTitle(run)) => ({
  id: networkName(run.id, moment.step),
  run,
  moment,
  name: momentText(moment),
  title,
});

/** It is said of which run it is. @param {ShownMoment} moment @returns {ShownMoment} */
const named = (moment) => ({ ...moment, name: `${moment.title}, ${moment.name}` });

/** @param {Pick<Training['signals'], 'run' | 'moment' | 'compared' | 'partNames'>} signals @returns {ShownMoment[]} */
function momentsOn({ run: { value: run }, moment: { value: moment }, compared, partNames }) {
  if (!run || !moment) return [];
  const other = compared.value;
  const second = other && momentBy(other.run.checkpoints, other.step ?? moment.step);
  if (!second) return [shown(run, moment)];
  if (other.run.id === run.id) return [shown(run, moment), shown(other.run, second)];
  const [one, two] = [run, other.run].map(({ id }) => partNames.value.get(id));
  const areParts = one !== undefined && two !== undefined;
  return [
    named(shown(run, moment, areParts ? one : undefined)),
    named(shown(other.run, second, areParts ? two : undefined)),
  ];
}

/**
 * The moment on show, and behind it the one that it is compared with: the other run's at the same step, or
 * the one that is held. Two runs of an experiment that was opened are called as they are there. The same
 * value as long as they are the same moments, whatever else a run tells.
 * @param {{readonly signals: Pick<Training['signals'], 'run' | 'moment' | 'compared' | 'partNames'>}} training
 */
export const createShownMoments = ({ signals }) => whileSame(() => momentsOn(signals), isSame);

/** @param {readonly ShownMoment[]} one @param {readonly ShownMoment[]} other */
const isSame = (one, other) =>
  one.length === other.length &&
  one.every(({ id, name }, at) => id === other[at].id && name === other[at].name);
