import '../../elements/attribution_map.js';
import '../../elements/patch_board.js';
import { untracked } from '@preact/signals-core';

import { BY_HAND, METHODS, layersWithPlaces, methodNamed } from '../../core/attribution/methods.js';
import { askedText, scoreText, toldOf } from '../../core/attribution/words.js';
import { once } from '../../core/once.js';
import { createWhy } from '../../state/network/why.js';
import { whyView } from '../../views/why.js';
import { figuresOf } from './why_maps.js';
import { HAND, patchOf } from './why_patch.js';

/**
 * @import {Network} from '../../state/network/network.js'
 * @import {Why} from '../../state/network/why.js'
 */

const CHOICES = [...METHODS.map(({ name, title }) => ({ value: name, text: title })), HAND.choice];

/** What answers it for a network, from its first question on. */
const whyOf = once((/** @type {Network} */ network) => {
  const why = createWhy(network);
  why.start();
  return why;
});

/** A class by its index; the one that is predicted where there is none. @param {Network} network @param {number | null} index */
function classOf({ signals: { forward, outline } }, index) {
  const { prediction } = forward.value?.document ?? {};
  const label = index === null ? prediction?.label : outline.value?.classes[index];
  return { index: index ?? prediction?.index ?? 0, label: String(label ?? '') };
}

/** What can be chosen. @param {Network} network @param {Why} why */
function controlsOf(network, { signals: { answer, question } }) {
  const { forward, layers, outline } = network.signals;
  const { index, against, layer, method } = question.value;
  const isOfLayer = methodNamed(method)?.isOfLayer;
  const { asked, document } = answer.value ?? {};
  const isUsual = asked?.question.layer === null && asked.network === outline.value?.name;
  return {
    classes: outline.value?.classes ?? [],
    top: forward.value?.document.top ?? [],
    index,
    explained: index ?? forward.value?.document.prediction?.index ?? null,
    against,
    layers: isOfLayer ? layersWithPlaces(layers.value).map(({ name }) => name) : null,
    layer,
    usualLayer: isUsual ? (document?.layer ?? '') : '',
    prefix: '',
  };
}

/** Why the network on show decides so. @param {Network} network */
export function whyTemplate(network) {
  const why = untracked(() => whyOf(network));
  const { signals, actions } = why;
  const { answer, failure, isStopped, isWaiting, question, steps } = signals;
  const { method, index, against, random } = question.value;
  const isByHand = method === BY_HAND;
  const [asked, other] = [
    classOf(network, index),
    against === null ? null : classOf(network, against),
  ];
  const told = toldOf(asked, other);
  const way = methodNamed(method) ?? HAND.way;
  const shown = figuresOf(network, why);
  const document = shown.isOfMethod ? answer.value?.document : null;
  const model = {
    title: askedText(asked, other),
    subtitle: [way.title, shown.layer].filter(Boolean).join(' · '),
    role: shown.resolution,
    methods: CHOICES,
    method,
    shows: way.shows(told),
    hides: way.hides(told),
    controls: controlsOf(network, why),
    figures: shown.figures,
    patch: isByHand ? patchOf(network, why, asked, other) : null,
    checks: {
      completeness: document?.completeness ?? null,
      // Of the answer that stands there, which another question may have overtaken.
      score: document ? scoreText(document.class, document.against) : '',
      random,
      learning: answer.value?.document.learning_layers ?? [],
      correlation: document?.randomized?.rank_correlation ?? null,
      isCompared: Boolean(document?.randomized) && !isWaiting.value,
      prefix: '',
    },
    note: isByHand ? '' : (document?.note ?? ''),
    failure: failure.value,
    isWaiting: isWaiting.value,
    isStopped: isStopped.value,
    steps: steps.value,
  };
  const { close, open } = network.actions;
  return whyView(model, { ...actions, close, open });
}
