import { html } from 'lit-html';

import { isPooling } from '../../core/operations/checks.js';
import { seeKindsOf } from '../../core/stage/place.js';
import { setOperation, setSee } from '../../state/lab/actions.js';
import { segments } from './form_controls.js';

/**
 * @typedef {import('../../core/experiment/experiment.js').Operation} Operation
 * @typedef {import('../../core/stage/place.js').SeeKind} SeeKind
 * @typedef {'conv2d' | 'conv_transpose2d' | 'max' | 'average' | 'lp' | 'adaptive' | 'global'} Kind
 */

/** @type {{value: Kind, text: string, title: string}[]} */
const KINDS = [
  { value: 'conv2d', text: 'Convolution', title: 'Convolution' },
  { value: 'conv_transpose2d', text: 'Transposed', title: 'Transposed convolution' },
  { value: 'max', text: 'Max', title: 'Max pooling' },
  { value: 'average', text: 'Average', title: 'Average pooling' },
  { value: 'lp', text: 'Lp', title: 'Lp pooling' },
  { value: 'adaptive', text: 'Adaptive', title: 'Adaptive pooling' },
  { value: 'global', text: 'Global', title: 'Global pooling' },
];

/** @type {Record<SeeKind, {text: string, title: string}>} */
const VIEWS = {
  forward: { text: 'Forward', title: 'Forward: how the output comes about' },
  backward: { text: 'Backward', title: 'Backward: how much each value matters' },
  stamp: { text: 'Stamp', title: 'Stamp: each input value lays down the kernel, and all is added' },
  gather: { text: 'Gather', title: 'Gather: each output value collects its products' },
  compare: { text: 'Compare', title: 'Compare: two settings on one input' },
  image: { text: 'Photo', title: 'Photo: a whole photograph under this kernel' },
};

/** @param {Operation} operation @returns {Kind} */
const kindOf = (operation) => /** @type {Kind} */ (operation.split('_m')[0].split('_a')[0]);

/**
 * The operation of a kind; what an adaptive or a global pooling keeps stays as it was last.
 * @param {Kind} kind
 * @param {Operation} before
 * @returns {Operation}
 */
function operationOf(kind, before) {
  if (kind !== 'adaptive' && kind !== 'global') return kind;
  return before.endsWith('max') ? `${kind}_max` : `${kind}_average`;
}

/**
 * Which operation it is, and what of it is shown.
 * @param {{operation: Operation, see: SeeKind}} values
 */
export function operationSection({ operation, see }) {
  const kind = kindOf(operation);
  return html`<section class="control-section" aria-label="Operation">
    ${segments({
      name: 'lab-operation',
      label: 'Operation',
      options: KINDS,
      value: kind,
      choose: (next) => setOperation(operationOf(next, operation)),
      shape: 'is-operations',
    })}
    ${segments({
      name: 'lab-see',
      label: 'See',
      options: seeKindsOf(operation).map((value) => ({ value, ...VIEWS[value] })),
      value: see,
      choose: (next) => setSee({ kind: next }),
      shape: 'is-plain',
    })}
  </section>`;
}

/**
 * Whether an adaptive or a global pooling keeps the largest value or the mean.
 * @param {Operation} operation
 */
export function keptChoice(operation) {
  const kind = kindOf(operation);
  return segments({
    name: 'lab-kept',
    label: 'What each window gives',
    options: [
      { value: 'max', text: 'largest' },
      { value: 'average', text: 'mean' },
    ],
    value: operation.endsWith('max') ? 'max' : 'average',
    choose: (kept) => setOperation(/** @type {Operation} */ (`${kind}_${kept}`)),
    shape: 'is-plain',
  });
}

/** Whether an operation has kernels. @param {Operation} operation */
export const hasKernels = (operation) => !isPooling(operation);
