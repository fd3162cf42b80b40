import { computed, signal } from '@preact/signals-core';

import { asMaps } from '../../core/graph.js';
import { blockKind } from '../../core/layers/layout.js';
import { unbroken } from '../../core/number.js';
import { rangeLimits } from '../../core/range.js';

/**
 * @import {RangeMode} from '../../core/range.js'
 * @import {Tensor} from '../../core/tensor.js'
 * @import {Signal} from '@preact/signals-core'
 * @typedef {import('../../core/graph.js').Layer} Layer
 * @typedef {import('../../core/graph.js').Outline} Outline
 * @typedef {import('../../core/graph.js').Position} Position
 * @typedef {import('../../core/graph.js').View} View
 *
 * A forward pass's answer: the document and every tensor by name.
 * @typedef {{document: any, tensors: Map<string, Tensor>, isExact: boolean, of: {at: number},
 *   small?: ReadonlyMap<string, Small>,
 *   preparation?: object, side?: number, lacksSteps?: boolean}} Forward
 *   of: the change of the drawing that it answers; small: the maps of a deep network, by layer, which the
 *   preparation and their side make what they are; lacksSteps: the preparation's steps are an older one's
 *
 * Maps made smaller, and the largest absolute value of each as it was.
 * @typedef {{picture: Tensor, limits: Float32Array}} Small
 *
 * What a layer learned, by PyTorch's names.
 * @typedef {Readonly<Record<string, Tensor>>} Weights
 *
 * @typedef {ReturnType<typeof createStore>} Store
 * @typedef {ReturnType<typeof signalsOf>} Shown  of a network, whatever becomes of requests
 */

/** The network that is shown where none is named. */
export const USUAL = 'mycnn';

/** @type {ReadonlyMap<string, Weights>} */
const NONE = new Map();

/** The input as a layer, so that it is drawn as the others are. @param {Outline} outline @returns {Layer} */
const inputLayer = ({ input_shape: shape }) => ({
  name: 'input',
  kind: 'Input',
  settings: {},
  inputs: [],
  input_shape: shape,
  input_shapes: [shape],
  output_shape: shape,
  parameters: { weight: 0, bias: 0, total: 0, expression: '0' },
  multiply_accumulates: 0,
  receptive_field: null,
  output_size: null,
});

/** The tensors of an answer that are layers'. @param {readonly Layer[]} layers @param {Forward | null} forward */
function tensorsOf(layers, forward) {
  /** @type {Map<string, Tensor>} */
  const found = new Map();
  for (const { name } of forward ? layers : []) {
    const tensor = forward?.tensors.get(name);
    if (!tensor) continue;
    const shape = asMaps(tensor.shape);
    found.set(name, shape === tensor.shape ? tensor : { ...tensor, shape });
  }
  return found;
}

/** Asks for nothing, as long as nobody can be asked. @type {() => void} */
export const nothingToAsk = () => {};

/** The signals of one network on show. @param {string} name */
export function createStore(name) {
  const store = signalsOf(name);
  return {
    ...store,
    /** What went wrong last, in a sentence. */
    failure: signal(/** @type {string | null} */ (null)),
    /** Whether that is because the server has the network on show no more. */
    isGone: signal(false),
    /** Whether a forward pass takes longer than a moment. */
    isBusy: signal(false),
    /** Whether what is shown is no longer what is drawn. */
    isOutdated: signal(false),
    /** Asks at once for what is wanted of a deep network, before it is shown that it is. */
    askNow: signal(nothingToAsk),
    /** What is wanted of a deep network, as a text that changes with it. */
    wants: computed(() => JSON.stringify(store.deep.value?.wantedOf(store) ?? null)),
  };
}

/** @param {string} name */
function signalsOf(name) {
  /** The name of the network on show. */
  const network = signal(name);
  /** The name of the network that was asked for last. */
  const wanted = signal(name);
  /** @type {Signal<Outline | null>} */
  const outline = signal(null);
  /** @type {Signal<Forward | null>} */
  const forward = signal(null);
  /** By network and layer. @type {Signal<ReadonlyMap<string, ReadonlyMap<string, Weights>>>} */
  const allWeights = signal(new Map());
  /** @type {Signal<View>} */
  const view = signal({ kind: 'overview' });
  /** What the pointer or the keyboard is on. @type {Signal<Position | null>} */
  const hover = signal(null);
  /** @type {Signal<RangeMode>} */
  const rangeMode = signal('layer');
  /** What a network that is deep or wide needs beside. @type {Signal<typeof import('./deep.js') | null>} */
  const deep = signal(null);
  /** Which stages of it are unfolded, by their keys. @type {Signal<ReadonlySet<string>>} */
  const unfolded = signal(new Set());
  const layers = computed(() =>
    outline.value ? [inputLayer(outline.value), ...outline.value.layers] : [],
  );
  /** Every layer's activation by name, the input included. */
  const activations = computed(() => tensorsOf(layers.value, forward.value));
  return {
    network,
    wanted,
    outline,
    forward,
    allWeights,
    view,
    ...openingOf(view),
    hover,
    rangeMode,
    layers,
    activations,
    deep,
    unfolded,
    /** Its columns in the overview, and what stands over those that were unfolded. */
    folded: computed(
      /** @returns {import('../../core/layers/columns.js').Folded} */
      () =>
        deep.value?.foldedView(layers.value, unfolded.value) ?? {
          columns: layers.value,
          brackets: [],
        },
    ),
    /** The columns that are in sight; null before they have been laid out. */
    inSight: signal(/** @type {readonly string[] | null} */ (null)),
    /** The layer of the probabilities, by its name; '' where there is none. */
    outputLayer: computed(
      () => layers.value.find((layer) => blockKind(layer) === 'bars')?.name ?? '',
    ),
    weights: computed(() => allWeights.value.get(network.value) ?? NONE),
    /** The colour range of every map. */
    limits: computed(() =>
      rangeLimits(activations.value, rangeMode.value, deep.value?.knownLimits(forward.value)),
    ),
    /** The cell that is explained: the one under the pointer, else the pinned one. */
    focus: computed(() => hover.value ?? (view.value.kind === 'cell' ? view.value : null)),
    /** Whether the network sees nothing but paper, in which no class is worth a highlight. */
    isBlank: computed(() => {
      const input = activations.value.get('input')?.data;
      return input !== undefined && input.every((value) => value === input[0]);
    }),
    /** Whether it names no class that means anything: it was not trained, gives none, or raised. */
    isUnnamed: computed(() => Boolean(outline.value?.reason)),
    /**
     * Why it names no class, or why that means little, in a sentence; '' where there is nothing to say.
     */
    remark: computed(() =>
      unbroken(outline.value?.reason ?? forward.value?.document.remarks?.[0]?.detail ?? ''),
    ),
    /** What is asked about its decision; null: what is usual. */
    why: signal(/** @type {import('./why_question.js').WhyQuestion | null} */ (null)),
    /** Whether it is shown what the open value sees of the picture. */
    sees: signal(/** @type {'' | 'field'} */ ('')),
    /** Whether what the open unit looks for is shown large. */
    looks: signal(/** @type {'' | 'large'} */ ('')),
    /** The pixel of the input of which it is shown what it reaches. */
    pixel: signal(/** @type {import('../../core/receptive_field.js').Pixel | null} */ (null)),
    /** 1: the whole network fits. */
    zoom: signal(1),
  };
}

/** What is about to be shown. @param {Signal<View>} view */
function openingOf(view) {
  /** It waits for its values, or for that time. @type {Signal<{view: View, show: () => void, until: number} | null>} */
  const opening = signal(null);
  /** What was opened last: it is shown, or about to be. */
  const opened = computed(() => opening.value?.view ?? view.value);
  return { opening, opened };
}

/** A layer by its name. @param {Store} store @param {string} name */
export const layerNamed = (store, name) => store.layers.value.find((layer) => layer.name === name);
