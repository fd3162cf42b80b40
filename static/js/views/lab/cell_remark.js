import { linked } from '../../core/stage/highlight.js';
import { isPadding } from '../../core/stage/walk.js';
import { counted, fixed } from '../../core/number.js';
import { operationOf } from '../../core/operations/registry.js';

/**
 * @import {Operation} from '../../core/operations/registry.js'
 * @import {Equation} from '../../core/stage/equation.js'
 * @import {PlanesModel} from '../../core/stage/planes.js'
 */

/**
 * What the tiles of a place do not say by themselves, in a sentence.
 * @param {PlanesModel} model
 * @param {Equation} equation
 */
export function remarkOf(model, equation) {
  const { place, isGradient } = equation;
  if (place.side === 'kernel') return kernelRemark(model, equation);
  if (place.side === 'input') return inputRemark(model, equation);
  if (isGradient) return outputGradientRemark(model);
  return equation.blocks.every(({ left }) => left.length === 0)
    ? 'No stamp reaches this cell: it holds the bias alone.'
    : '';
}

/** @param {PlanesModel} model @param {Equation} equation */
function kernelRemark({ see }, { value, blocks }) {
  const count = blocks.reduce((sum, { left }) => sum + left.length, 0);
  const weight = fixed(value ?? 0, 3);
  return see.kind === 'backward'
    ? `The weight ${weight} met ${count} values, one at every position. Each counts as much as the output it went into: their sum is the weight’s gradient.`
    : `The weight ${weight} meets ${count} values, one at every position: it is the same everywhere.`;
}

/** @param {PlanesModel} model @param {Equation} equation */
function inputRemark({ experiment, see }, { place, value, blocks }) {
  const links = linked(experiment, see, place);
  const own = links.input.find(({ row, column }) => row === place.row && column === place.column);
  if (isPadding(experiment, place)) {
    if (own?.from) {
      return `This cell of the padding borrows row ${own.from.row}, column ${own.from.column}: ${fixed(value ?? 0, 3)}.`;
    }
    return paddingRemark(operationOf(experiment));
  }
  const count = links.output.filter(({ isGone }) => !isGone).length;
  if (count === 0) return `The value ${fixed(value ?? 0, 3)} is read by no window.`;
  const cells = counted(count, 'output cell');
  const operation = operationOf(experiment);
  if (see.kind === 'backward') return backwardRemark(operation, cells);
  if (!operation.hasWeight) {
    const wins = links.output.filter(({ isWinner }) => isWinner).length;
    return `The value ${fixed(value ?? 0, 3)} is in the windows of ${cells}${operation.isMaximum ? `, and the largest in ${wins}` : ''}.`;
  }
  const several = blocks.length > 1 ? ' in all' : '';
  return operation.isTransposed
    ? `The value ${fixed(value ?? 0, 3)} stamps the whole kernel, times itself, on ${cells}${several}.`
    : `The value ${fixed(value ?? 0, 3)} goes into ${cells}${several}, each time by another weight.`;
}

/** @param {Operation} operation */
function paddingRemark({ isMaximum }) {
  if (isMaximum) return 'Padding is −∞ to a maximum: it never wins.';
  return 'Zero padding: whatever weight meets it, the product is 0.';
}

/** @param {Operation} operation @param {string} cells */
function backwardRemark({ isMaximum, hasWeight }, cells) {
  if (isMaximum) return `The value was seen by ${cells}. It gets the gradient of those it won.`;
  if (!hasWeight) {
    return `The value went into ${cells}. Of each it gets its share of the gradient.`;
  }
  return `The value went into ${cells}. Each gives back its gradient times the weight between them.`;
}

/** @param {PlanesModel} model */
function outputGradientRemark({ experiment }) {
  const { isMaximum, hasWeight } = operationOf(experiment);
  if (isMaximum) return 'All of it goes to the winner of the window.';
  if (!hasWeight) return 'Each value of the window gets its share of it.';
  return 'Each value of the window gets it times the weight that the two met by, and each weight times the value.';
}
