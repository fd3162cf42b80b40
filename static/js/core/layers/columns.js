import { foldsOf, labelOf } from './folds.js';

/**
 * @import {Layer} from '../graph.js'
 * @import {Fold, Part} from './folds.js'
 *
 * What stands beside others in the overview: a layer, or of a fold the last one, whose maps are what
 * the fold makes. `inputs` are the columns it reads.
 * @typedef {Layer & {label?: string, fold?: Fold}} Column
 *
 * What has been unfolded, over its columns.
 * @typedef {{fold: Fold, first: string, last: string, depth: number}} Bracket  depth: 0 is the outermost
 *
 * @typedef {{columns: readonly Column[], brackets: readonly Bracket[]}} Folded
 */

/** @typedef {{part: Part, place: number, within: Fold | undefined}} Shown  `within`: the innermost bracket */

/**
 * The columns of a network that is partly unfolded.
 * @param {readonly Layer[]} layers  the input first
 * @param {ReadonlySet<string>} unfolded  the keys of folds
 * @returns {Folded}
 */
export function columnsOf(layers, unfolded) {
  /** @type {Shown[]} */
  const shown = [];
  /** @type {{fold: Fold, from: number, depth: number, to: number}[]} */
  const opened = [];
  const visit = (
    /** @type {readonly Part[]} */ parts,
    /** @type {number} */ depth,
    /** @type {Fold | undefined} */ within = undefined,
  ) => {
    for (const part of parts) {
      if (typeof part === 'number') shown.push({ part, place: part, within });
      else if (!unfolded.has(part.key)) shown.push({ part, place: part.last, within });
      else {
        const bracket = { fold: part, from: shown.length, depth, to: 0 };
        opened.push(bracket);
        visit(part.parts, depth + 1, part);
        bracket.to = shown.length - 1;
      }
    }
  };
  visit(foldsOf(layers), 0);
  const columns = joined(layers, shown);
  return {
    columns,
    brackets: opened.map(({ fold, from, to, depth }) => ({
      fold,
      first: columns[from].name,
      last: columns[to].name,
      depth,
    })),
  };
}

/**
 * @param {readonly Layer[]} layers
 * @param {readonly Shown[]} shown
 * @returns {Column[]}
 */
function joined(layers, shown) {
  /** Layer → its column. @type {Map<string, string>} */
  const columnOf = new Map();
  return shown.map((one) => {
    const { part, place } = one;
    const fold = typeof part === 'number' ? undefined : part;
    const layer = layers[place];
    const within = layers.slice(fold?.first ?? place, place + 1);
    const read = within.flatMap(({ inputs }) => inputs.flatMap((name) => columnOf.get(name) ?? []));
    for (const { name } of within) columnOf.set(name, layer.name);
    const label = fold?.label ?? labelWithin(layer.name, one.within);
    return { ...layer, inputs: [...new Set(read)], label, fold };
  });
}

/**
 * What of a layer's name the brackets above it do not say.
 * @param {string} name
 * @param {Fold} [fold]
 */
function labelWithin(name, fold) {
  if (!fold) return name;
  const rest = name.startsWith(`${fold.key}.`) ? name.slice(fold.key.length + 1) : '';
  return rest.replace(/^(\d+\.)+/, '').replace(/^\d+$/, '') || labelOf(name);
}
