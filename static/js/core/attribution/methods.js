import { hasGradient } from '../encoding.js';

/**
 * @import {Layer} from '../graph.js'
 * @import {Told} from './words.js'
 *
 * One way to ask which places in a picture made a network decide as it did.
 * @typedef {object} Method
 * @property {string} name  as the API has it
 * @property {string} title
 * @property {(told: Told) => string} shows  what its map shows, in a sentence
 * @property {(told: Told) => string} hides  what it does not show, in a sentence
 * @property {boolean} isOfLayer  whether its places are those of a layer's maps
 * @property {boolean} isSigned  whether a place may speak against the class
 * @property {boolean} isSpiky  whether few pixels are so strong that no other would be seen beside them
 * @property {'largest' | 'sum' | 'alike'} channels  what is made of a pixel's channels
 * @property {string} pixel  what a pixel of its map has, in words
 */

/** What is moved by hand: no method of the API. */
export const BY_HAND = 'hand';

/** In the order they are offered; the first is what is usual: it is quick on every network, and never empty. @type {readonly Method[]} */
export const METHODS = [
  {
    name: 'saliency',
    title: 'Saliency',
    shows: ({ score }) => `Shows how much ${score} moves when a pixel moves a little.`,
    hides: ({ either }) =>
      `Does not show whether the pixel speaks ${either}, nor what would happen without it.`,
    isOfLayer: false,
    isSigned: false,
    isSpiky: true,
    channels: 'largest',
    pixel: 'the value of its strongest channel',
  },
  {
    name: 'grad_cam',
    title: 'Grad-CAM',
    shows: ({ favour, score }) =>
      `Shows which places of one layer’s maps speak ${favour}, each map weighted by how much ${score} moves with it.`,
    hides: ({ disfavour }) =>
      `Does not show what is finer than that layer’s places, nor what speaks ${disfavour}.`,
    isOfLayer: true,
    isSigned: false,
    isSpiky: false,
    channels: 'alike',
    pixel: 'a place of the layer’s maps',
  },
  {
    name: 'occlusion',
    title: 'Occlusion',
    shows: ({ score }) =>
      `Shows by how much ${score} falls when a patch is covered: what the network needs to see.`,
    hides: () =>
      'Does not show what is finer than the patch, nor parts that stand in for each other; and a covered picture is one the network never met.',
    isOfLayer: false,
    isSigned: true,
    isSpiky: false,
    channels: 'alike',
    pixel: 'the mean of all patches over it',
  },
  {
    name: 'integrated_gradients',
    title: 'Integrated gradients',
    shows: ({ score }) =>
      `Shows what each pixel adds to ${score} on the way from an empty picture to this one; all together, what ${score} has gained, but for what the steps leave.`,
    hides: () =>
      'Does not show what an empty part of the picture says: a pixel that is as empty as the empty picture adds nothing.',
    isOfLayer: false,
    isSigned: true,
    isSpiky: true,
    channels: 'sum',
    pixel: 'the sum of its channels',
  },
];

/**
 * The layers whose places a method can look at: those with maps, which tokens are none of, that change
 * by degrees.
 * @param {readonly Layer[]} layers
 */
export const layersWithPlaces = (layers) =>
  layers.filter(
    (layer) =>
      layer.output_shape.length === 3 &&
      !layer.isTokens &&
      layer.inputs.length > 0 &&
      hasGradient(layer),
  );

/** @param {string} name */
export const methodNamed = (name) => METHODS.find((method) => method.name === name);
