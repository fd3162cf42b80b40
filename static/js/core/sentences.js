import { asMaps } from './graph.js';
import { shapeText } from './number.js';

/**
 * A layer as the outline gives it, as far as sentences need it.
 * @typedef {{kind: string, settings: Record<string, any>, output_size?: {height: any, width: any} | null}} Described
 */

/** A pair in as few signs as it needs: one number where both are equal. @param {number | readonly number[]} pair */
export function pairText(pair) {
  if (typeof pair === 'number') return String(pair);
  return pair[0] === pair[1] ? String(pair[0]) : `(${pair.join(', ')})`;
}

/** Some names in a row. @param {readonly string[]} names */
export const namesText = (names) =>
  names.length < 2 ? names.join() : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** A kernel's size, always both ways. @param {number | readonly number[]} size */
const sizePair = (size) => (typeof size === 'number' ? `${size}×${size}` : size.join('×'));

/** A layer's hyperparameters in a line, the defaults left out. @param {Described} layer */
export function settingsText({ kind, settings }) {
  if ('in_features' in settings)
    return `${kind} ${settings.in_features} → ${settings.out_features}`;
  if (!settings.kernel_size) return kind;
  const parts = [
    `${kind} ${sizePair(settings.kernel_size)}`,
    `stride ${pairText(settings.stride)}`,
  ];
  if (isSet(settings.padding, 0)) parts.push(`padding ${pairText(settings.padding)}`);
  if (isSet(settings.dilation, 1)) parts.push(`dilation ${pairText(settings.dilation)}`);
  if (isSet(settings.groups, 1)) parts.push(`groups ${settings.groups}`);
  if (settings.padding_mode && settings.padding_mode !== 'zeros') parts.push(settings.padding_mode);
  if (settings.ceil_mode) parts.push('ceil_mode');
  return parts.join(', ');
}

/** @param {any} value  a number or a pair @param {number} standard */
function isSet(value, standard) {
  return value !== undefined && [value].flat().some((part) => part !== standard);
}

/** The shapes of all that a layer reads, each on a line where lines are kept. @param {{input_shapes: readonly (readonly number[])[]}} layer */
export const inputsText = ({ input_shapes: shapes }) => shapes.map(shapeText).join(',\n');

/**
 * What a layer gives: its shape, and its type where it is shown as something else, which is told too.
 * @param {import('./encoding.js').Encoded & {readonly output_shape: readonly number[]}} layer
 */
export function outputText({ output_shape: shown, encoding }) {
  if (!encoding) return shapeText(shown);
  const { shape, dtype } = encoding;
  const isAlike = shapeText(asMaps(shape)) === shapeText(shown);
  return `${shapeText(shape)} ${dtype}${isAlike ? '' : `, shown as ${shapeText(shown)}`}`;
}

/** What stands before the size of a receptive field that may be smaller. @param {{status: string}} field */
export const atMost = ({ status }) => (status === 'upper_bound' ? '≤ ' : '');

/** LaTeX of a size formula → the same in a line of text. */
const SIGNS = /** @type {const} */ ([
  [/\\left|\\right/g, ''],
  [/\\lfloor ?/g, '⌊'],
  [/ ?\\rfloor/g, '⌋'],
  [/\\lceil ?/g, '⌈'],
  [/ ?\\rceil/g, '⌉'],
  [/\\frac\{([^{}]*)\}\{([^{}]*)\}/g, '($1) / $2'],
  [/ \\cdot /g, '·'],
  [/ - /g, ' − '],
]);

/**
 * The output-size formula with the layer's own numbers, in one line of text: as the outline has it,
 * its steps left out.
 * @param {Described} layer
 */
export function sizeText({ output_size: size }) {
  if (!size) return '–';
  const [height, width] = [stepText(size.height), stepText(size.width)];
  return width === height ? height : `${height} · ${width}`;
}

/** @param {{latex: string, input: number, output: number, windows?: unknown}} step  one axis */
function stepText({ latex, input, output, windows }) {
  if (windows) return `${input} → ${output}`;
  const [formula] = latex.split(' = ');
  const text = SIGNS.reduce((one, [sign, plain]) => one.replace(sign, plain), formula);
  return `${text} = ${output}`;
}
