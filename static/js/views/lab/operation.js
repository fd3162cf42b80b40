import { html, nothing } from 'lit-html';

import { OPERATIONS, operationNamed } from '../../core/operations/registry.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { segments } from './form_controls.js';

/**
 * @import {Operation} from '../../core/experiment/experiment.js'
 * @import {SeeKind} from '../../core/stage/place.js'
 * @import {Actions} from '../../state/lab/lab.js'
 */

/** What is offered: the operations of one group stand for each other. */
const GROUPS = [...new Map(OPERATIONS.map(({ group }) => [group.name, group])).values()];

/** @type {Record<SeeKind, {text: string, title: string}>} */
const VIEWS = {
  forward: { text: 'Forward', title: 'Forward: how the output comes about' },
  backward: { text: 'Backward', title: 'Backward: how much each value matters' },
  stamp: { text: 'Stamp', title: 'Stamp: each input value lays down the kernel, and all is added' },
  gather: { text: 'Gather', title: 'Gather: each output value collects its products' },
  compare: { text: 'Compare', title: 'Compare: two settings on one input' },
  image: { text: 'Photo', title: 'Photo: a whole photograph under this kernel' },
};

/** The operations of a group. @param {string} name */
const inGroup = (name) => OPERATIONS.filter(({ group }) => group.name === name);

/**
 * The operation of a group; whether it keeps the largest value or the mean stays as it was last.
 * @param {string} name
 * @param {Operation} before
 */
function chosen(name, before) {
  const { isMaximum } = operationNamed(before);
  const own = inGroup(name);
  return (own.find((one) => one.isMaximum === isMaximum) ?? own[0]).name;
}

/**
 * Which operation it is, and what of it is shown.
 * @param {{id: string, operation: Operation, see: SeeKind | null}} model  see: null where that is
 *   chosen elsewhere
 * @param {Actions} actions
 */
export function operationSection({ id, operation, see }, actions) {
  return html`<section class="control-section" aria-label="Operation">
    ${segments({
      name: `${id}-operation`,
      label: 'Operation',
      options: GROUPS.map(({ name, ...words }) => ({ value: name, ...words })),
      value: operationNamed(operation).group.name,
      choose: (name) => actions.setOperation(chosen(name, operation)),
      shape: 'is-operations',
    })}
    ${
      see === null
        ? nothing
        : segments({
            name: `${id}-see`,
            label: 'See',
            options: seeKindsOf(operation).map((value) => ({ value, ...VIEWS[value] })),
            value: see,
            choose: (next) => actions.setSee({ kind: next }),
            shape: 'is-plain',
          })
    }
  </section>`;
}

/**
 * What is kept of each window, where a group leaves the choice.
 * @param {string} id  of the Lab
 * @param {Operation} operation
 * @param {Actions} actions
 */
export function keptChoice(id, operation, actions) {
  const own = inGroup(operationNamed(operation).group.name);
  if (own.length === 1) return null;
  return segments({
    name: `${id}-kept`,
    label: 'What each window gives',
    options: own.map(({ name, kept }) => ({ value: name, text: kept })),
    value: operation,
    choose: actions.setOperation,
    shape: 'is-plain',
  });
}
