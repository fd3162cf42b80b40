import { computed, signal } from '@preact/signals-core';

import { percent, significant, withUnit } from '../../../core/number.js';
import { axisUnit } from '../../../core/training/axis_unit.js';
import { openingScale } from '../../../core/training/chart_range.js';
import { CHARTS, linesOf } from '../../../core/training/charts.js';
import { epochBy } from '../../../core/training/curves.js';
import { marksOf } from '../../../core/training/marks.js';
import { guessingLoss } from '../../../core/training/progress.js';
import { theme } from '../../../elements/theme.js';
import { curveColour } from '../../../render/curve_colours.js';
import { tickText } from '../../../core/training/tick.js';
import { comparedCurves, comparedName } from '../../../state/train/compare.js';
import { LIVING, RESUMABLE } from '../../../state/train/store.js';
import { whileSame } from '../../../state/while_same.js';

/**
 * @import {Chart, ChartName, Scale} from '../../../core/training/charts.js'
 * @import {Curves} from '../../../core/training/curves.js'
 * @import {Training} from '../../../state/train/training.js'
 */

/** After how many steps one counts e times less. */
export const SPANS = [0, 8, 32];

/** How a value is read off, and how it stands at an axis. @type {Record<Chart['quantity'], {text: (value: number) => string, tick: (value: number) => string}>} */
const TEXTS = {
  number: { text: (value) => significant(value, 4), tick: tickText },
  percent: { text: percent, tick: (value) => withUnit(Math.round(100 * value), '%') },
};

const GUESSING = { text: 'guessing', dash: [2, 3] };
const BEFORE = { text: 'the run before', dash: [8, 3, 2, 3] };

/** What is seen of the curves: how they are drawn, and the step that is read off. */
export class CurvesPanel {
  #training;
  /** @type {import('@preact/signals-core').Signal<number | null>} */
  #pointed = signal(null);
  #span = signal(SPANS[1]);
  /** @type {import('@preact/signals-core').Signal<Readonly<Partial<Record<ChartName, Scale>>>>} */
  #scales = signal({});

  #theme = signal(theme());

  /** @param {Training} training */
  constructor(training) {
    this.#training = training;
  }

  /** The curves of another run; a moment of the same one that is held has none of its own. */
  #others = computed(() => comparedCurves(this.#training.signals));

  /** The step that a moment is held at. */
  #held = computed(() => this.#training.signals.compared.value?.step ?? null);

  /** The curves as they were when an epoch ended last. */
  #ofEpochs = whileSame(
    () => this.#training.signals.curves.value,
    (one, other) => one.epochs === other.epochs,
  );

  /** The lines of each chart: they stay the same while nothing of them changes. */
  #lines = CHARTS.map((chart) =>
    computed(() => {
      const curves = chart.isOfEpochs ? this.#ofEpochs : this.#training.signals.curves;
      return linesOf(chart, curves.value, this.#others.value, this.#span.value);
    }),
  );

  /** The scale of each chart: as chosen, else as what is shown asks for. */
  #scale = computed(() => {
    const { curves, classes } = this.#training.signals;
    const shown = [curves.value, this.#others.value].filter((each) => each !== null);
    const guess = guessingLoss(classes.value);
    return CHARTS.map(
      (chart) => this.#scales.value[chart.name] ?? openingScale(chart, shown, guess),
    );
  });

  /** How long the axis of steps is, and how long an epoch. */
  #axis = computed(() => {
    const { run, curves, compared } = this.#training.signals;
    const steps = [run.value, compared.value?.run].map((each) => {
      if (!each) return 0;
      const isOpen = LIVING.has(each.state) || RESUMABLE.has(each.state);
      return isOpen ? each.steps : each.step;
    });
    const { epochs, count } = curves.value;
    const whole = run.value ? run.value.steps / run.value.recipe.epochs : 1;
    const stepsPerEpoch = whole || epochs[0]?.step || 1;
    const length = Math.max(...steps, count, 1);
    const runs = [run.value, compared.value?.run].filter((each) => !!each);
    // How long the epochs of a queued run are is not known.
    const unit = axisUnit(
      runs.filter((each) => each.steps > 0),
      length,
    );
    return { steps: length, stepsPerEpoch, ...unit };
  });

  #marks = whileSame(
    () => {
      const { run, curves } = this.#training.signals;
      if (!run.value) return NONE;
      const { recipe, state } = run.value;
      return marksOf(curves.value.epochs, recipe, state, this.#axis.value.stepsPerEpoch);
    },
    (one, other) =>
      one.length === other.length &&
      one.every(({ kind, step, text }, at) => {
        const each = other[at];
        return kind === each.kind && step === each.step && text === each.text;
      }),
  );

  #levels = computed(() => {
    const { baseline, classes } = this.#training.signals;
    const [guess, before] = [classes.value, baseline.value];
    /** @type {Partial<Record<ChartName, import('../../../render/chart_annotations.js').Level[]>>} */
    const levels = {
      loss: [{ value: guessingLoss(guess), ...GUESSING }],
      accuracy: [{ value: 1 / guess, ...GUESSING }],
    };
    if (before) {
      levels.loss?.push({ value: before.val_loss, ...BEFORE });
      levels.accuracy?.push({ value: before.val_accuracy, ...BEFORE });
    }
    return levels;
  });

  /** The page has other colours now. */
  recolour() {
    this.#theme.value = theme();
  }

  get model() {
    const { signals, actions } = this.#training;
    const { curves, step } = signals;
    const axis = this.#axis.value;
    const pointed = this.#pointed.value;
    const read = pointed ?? step.value;
    return {
      isEmpty: curves.value.count === 0,
      span: this.#span.value,
      spans: SPANS,
      read,
      isPointed: pointed !== null,
      epoch: read === null ? null : epochOf(curves.value, read, axis.stepsPerEpoch),
      marks: this.#marks.value,
      held: this.#held.value,
      smooth: (/** @type {number} */ span) => void (this.#span.value = span),
      point: (/** @type {number | null} */ to) => void (this.#pointed.value = to),
      choose: actions.scrub,
      other: comparedName(signals),
      charts: CHARTS.map((chart, index) => ({
        chart,
        read,
        text: TEXTS[chart.quantity].text,
        lines: this.#lines[index].value,
        colours: this.#lines[index].value.map((line) => curveColour(this.#theme.value, line)),
        scale: this.#scale.value[index],
        rescale: (/** @type {Scale} */ scale) =>
          void (this.#scales.value = { ...this.#scales.value, [chart.name]: scale }),
        drawing: {
          name: chart.title,
          lines: this.#lines[index].value,
          scale: this.#scale.value[index],
          ...axis,
          marks: this.#marks.value,
          levels: this.#levels.value[chart.name] ?? NONE,
          shown: step.value,
          held: this.#held.value,
          pointed,
          range: chart.quantity === 'percent' ? WHOLE : null,
          tick: TEXTS[chart.quantity].tick,
        },
      })),
    };
  }
}

/** @type {never[]} */
const NONE = [];
/** @type {readonly [number, number]} */
const WHOLE = [0, 1];

/** The epoch that a step belongs to. @param {Curves} curves @param {number} step @param {number} stepsPerEpoch */
function epochOf({ epochs }, step, stepsPerEpoch) {
  const ended = epochBy(epochs, step);
  if (ended?.step === step) return ended.epoch;
  return Math.ceil(step / stepsPerEpoch);
}
