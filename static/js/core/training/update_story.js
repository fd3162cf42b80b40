import { counted, fixed, percent, shapeText, significant } from '../number.js';

/**
 * @import {Phase} from './update_frame.js'
 *
 * @typedef {{name: string, kind: string, shape: readonly number[], output_rms: number,
 *   gradient_rms: number, is_frozen: boolean, gradient_norm: number | null, weight_norm: number | null,
 *   change_norm: number | null}} UpdateLayer
 *
 * What the API tells of an update, as far as it is said in sentences.
 * @typedef {{batch_size: number, classes: readonly string[], labels: readonly number[],
 *   layers: readonly UpdateLayer[], gradient_norm: number, lr: number, step: number,
 *   recipe: {optimizer: {name: string}}, loss: {before: number, after: number}}} Told
 *
 * @typedef {{losses: Float32Array, logits: Float32Array}} Batch  of the images that are shown
 */

/** Without the zeros at its end. @param {number} value */
const short = (value) =>
  significant(value)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');

/** The class of the largest logit of each image. @param {Float32Array} logits @param {number} classes */
export function predictionsOf(logits, classes) {
  return Array.from({ length: logits.length / classes }, (_, image) => {
    const own = logits.subarray(image * classes, (image + 1) * classes);
    return own.reduce((best, value, index) => (value > own[best] ? index : best), 0);
  });
}

/** What happens in a phase, with its numbers. @param {Phase} phase @param {Told} told @param {Batch} batch */
export function sentenceOf(phase, told, batch) {
  return SENTENCES[phase](told, batch);
}

/** @type {Record<Phase, (told: Told, batch: Batch) => string>} */
const SENTENCES = { forward, loss, backward, step };

/** @param {Told} told @param {Batch} batch */
function forward({ batch_size: size, layers, classes, labels }, { logits }) {
  const predictions = predictionsOf(logits, classes.length);
  const right = predictions.filter((each, image) => each === labels[image]).length;
  const last = layers[layers.length - 1];
  return (
    `Forward: the batch, ${counted(size, 'image')}, goes through ${counted(layers.length, 'layer')}. The last, ${last.name}, gives ` +
    `each a logit a class, ${significant(last.output_rms)} large on average (root mean square); the ` +
    `largest is the right one for ${right} of ${labels.length}.`
  );
}

/** @param {Told} told @param {Batch} batch */
function loss({ loss: mean, classes }, { losses }) {
  const [least, most] = [Math.min(...losses), Math.max(...losses)];
  return (
    `Loss: cross entropy, the negative logarithm of the probability of the right class. Its mean is ` +
    `${fixed(mean.before, 4)}, from ${fixed(least, 4)} to ${fixed(most, 4)}; guessing among ` +
    `${classes.length} classes gives ${fixed(Math.log(classes.length), 4)}.`
  );
}

/** @param {Told} told */
function backward({ layers, gradient_norm: norm }) {
  const pulled = layers.filter(({ gradient_norm: own }) => own !== null);
  const sizes = pulled.map(({ gradient_norm: own }) => Number(own));
  const [strongest, weakest] = [Math.max(...sizes), Math.min(...sizes)];
  const named = (/** @type {number} */ size) => pulled[sizes.indexOf(size)].name;
  const most =
    sizes.length > 1
      ? ` most in ${named(strongest)} (${significant(strongest)}), least in ${named(weakest)} (${significant(weakest)})`
      : ` all of it in ${named(strongest)}`;
  return (
    `Backward: the chain rule carries the loss's gradient from the last layer to the first. That by ` +
    `all weights is ${significant(norm)} long:${most}.`
  );
}

/** @param {Told} told */
function step({ recipe, lr, loss: mean, step: number, layers }) {
  const name = recipe.optimizer.name === 'adam' ? 'Adam' : 'SGD';
  const changed = Math.hypot(...layers.map(({ change_norm: own }) => Number(own ?? 0)));
  const fell = (mean.before - mean.after) / mean.before;
  const course = fell < 0 ? 'rises' : 'falls';
  return (
    `Step ${number}: ${name} with learning rate ${short(lr)} changes the weights. ` +
    `The length of the whole step, all weights together, is ${significant(changed)}. The loss of the same images ${course} from ${fixed(mean.before, 4)} to ` +
    `${fixed(mean.after, 4)}, by ${percent(Math.abs(fell))}.${frozenText(layers)}`
  );
}

/** Which layers stay as they are. @param {readonly UpdateLayer[]} layers */
function frozenText(layers) {
  const names = layers.filter(({ is_frozen: is }) => is).map(({ name }) => name);
  if (names.length === 0) return '';
  const [first, last] = [names[0], names[names.length - 1]];
  if (names.length === 1) return ` ${first} is frozen: it stays as it is.`;
  return ` ${names.length} layers, ${first} to ${last}, are frozen: they stay as they are.`;
}

/**
 * What a training that starts with trained weights lacks: what an optimizer remembers of the steps before; '' of
 * one that has been through none, and where nothing is remembered.
 * @param {import('./update_frame.js').Start} start
 * @param {{name: string, momentum: number}} optimizer
 */
export function memoryText(start, { name, momentum }) {
  if (start === 'scratch' || (name === 'sgd' && momentum === 0)) return '';
  const whose = name === 'adam' ? 'Adam’s moments begin' : 'The momentum begins';
  return (
    ` The weights are trained, but no optimizer is kept with them: ${whose} at 0 here, so the first ` +
    `updates are not those that training would have gone on with, and may raise the loss.`
  );
}

/** What stands below a layer in a phase. @param {UpdateLayer} layer @param {Phase} phase */
export function figureOf(layer, phase) {
  if (phase === 'forward') return significant(layer.output_rms, 2);
  if (phase === 'backward') return significant(layer.gradient_norm ?? layer.gradient_rms, 2);
  if (phase === 'step' && layer.change_norm !== null) return significant(layer.change_norm, 2);
  return phase === 'step' && layer.is_frozen ? 'frozen' : '';
}

/** What a layer's figure is, and the shape that it gives. @param {UpdateLayer} layer */
export function layerTitle(layer) {
  const learned =
    layer.gradient_norm === null
      ? layer.is_frozen
        ? ', frozen: its weights are not trained'
        : ''
      : `, its weights' gradient ${significant(layer.gradient_norm)} long, their change ${significant(Number(layer.change_norm))}`;
  return (
    `${layer.name}, ${layer.kind}: gives ${shapeText(layer.shape)} for one image, ` +
    `${significant(layer.output_rms)} large (root mean square), ` +
    `the gradient by it ${significant(layer.gradient_rms)}${learned}`
  );
}
