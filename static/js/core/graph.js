/**
 * What is open: one value, so two things are never open at once.
 * @typedef {{kind: 'overview'} | {kind: 'why'}
 *   | {kind: 'layer', layer: string}
 *   | {kind: 'map', layer: string, channel: number}
 *   | {kind: 'cell', layer: string, channel: number, row: number, column: number}} View
 *
 * @typedef {{layer: string, channel: number, row: number, column: number}} Position
 *
 * A layer of the outline as the API gives it.
 * @typedef {object} Layer
 * @property {string} name
 * @property {string} kind
 * @property {Record<string, any>} settings
 * @property {string[]} inputs
 * @property {number[]} input_shape
 * @property {number[][]} input_shapes
 * @property {number[]} output_shape
 * @property {boolean} [isTokens]  whether that is two axes, of which maps were made
 * @property {{weight: number, bias: number, total: number, expression: string}} parameters
 * @property {number | null} multiply_accumulates  null: nobody knows
 * @property {{size: number[], stride: number[], padding: number[], status: string} | null} receptive_field
 * @property {readonly number[]} [extent]  (height, width): over how many places its units are spread
 * @property {{height: any, width: any} | null} output_size
 * @property {import('./encoding.js').Encoding | null} [encoding]  of values that are shown as others than they are
 *
 * @typedef {{name: string, title: string, source: string, classes: string[], input_shape: number[],
 *   parameters: number, multiply_accumulates: number, accuracy: number | null,
 *   weights: 'ready' | 'downloadable' | 'untrained', reason: string | null,
 *   decides?: boolean, path?: number, outputs?: string[],
 *   normalization?: {mean: number[], std: number[]}, preparation?: 'digit' | 'clothes' | 'photo',
 *   patches?: string[], layers: Layer[]}} Outline  patches: the layers of which it is known what excites them
 */

/**
 * What of a layer the graph asks. The names in `inputs` are layers that come before it.
 * @typedef {{readonly name: string, readonly inputs: readonly string[]}} Node
 */

/**
 * A network's layers and what feeds what.
 * @template {Node} L
 * @typedef {object} Graph
 * @property {readonly L[]} order  as data flows
 * @property {readonly {source: L, target: L, isNext: boolean}[]} edges  by target; next: none lies
 *   between the two in the order
 * @property {(name: string) => L | undefined} layer
 * @property {(name: string) => readonly L[]} predecessors  in the order of the layer's inputs
 * @property {(name: string) => readonly L[]} successors  in the order of the network
 * @property {(name: string, step: 1 | -1) => L | undefined} beside  the next layer in the order, or the last
 */

/**
 * A shape as positions count it, in channels, rows and columns: two axes, as tokens have them, are maps of one
 * column.
 * @template {readonly number[]} S
 * @param {S} shape
 * @returns {S | number[]}
 */
export const asMaps = (shape) => (shape.length === 2 ? [...shape, 1] : shape);

/** An outline whose layers have such shapes. @param {Outline} outline @returns {Outline} */
export const withMaps = (outline) => ({
  ...outline,
  layers: outline.layers.map((layer) => ({
    ...layer,
    input_shape: asMaps(layer.input_shape),
    input_shapes: layer.input_shapes.map(asMaps),
    output_shape: asMaps(layer.output_shape),
    isTokens: layer.output_shape.length === 2,
  })),
});

/** @type {WeakMap<readonly Node[], Graph<any>>} */
const known = new WeakMap();

/**
 * The graph of a network's layers; that of the same list is built once.
 * @template {Node} L
 * @param {readonly L[]} layers  in the order of the data, the input first
 * @returns {Graph<L>}
 */
export function graphOf(layers) {
  const before = known.get(layers);
  if (before) return before;
  const graph = build(layers);
  known.set(layers, graph);
  return graph;
}

/** @template {Node} L @param {readonly L[]} layers @returns {Graph<L>} */
function build(layers) {
  const places = new Map(layers.map((layer, place) => [layer.name, place]));
  /** @param {string} name */
  const layer = (name) => layers[places.get(name) ?? -1];
  /** @param {string} name */
  const predecessors = (name) => (layer(name)?.inputs ?? []).flatMap((input) => layer(input) ?? []);
  const edges = layers.flatMap((target, place) =>
    predecessors(target.name).map((source) => ({
      source,
      target,
      isNext: places.get(source.name) === place - 1,
    })),
  );
  return {
    order: layers,
    edges,
    layer,
    predecessors,
    successors: (name) =>
      edges.filter(({ source }) => source.name === name).map(({ target }) => target),
    beside: (name, step) => layers[(places.get(name) ?? NaN) + step],
  };
}
