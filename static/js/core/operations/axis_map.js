// The index map of one axis, whatever the operation: which lines of the input an output line is made
// of, through which lines of the kernel, and the other way round. Sizes, traces, highlights, formulas
// and drawings are all read off it. The same map, in the same words, as app/mechanics/axis_map.py.

import { range } from './axis.js';

/**
 * One line of the input meets one line of the kernel for one line of the output.
 * `input` and `output` are positions as they are drawn: below 0 or beyond the last line they are
 * padding. `source` is the input line that stands there, null where none does; `target` the output
 * line, null where a transposed convolution's padding takes it away. `kernel` is the line of the
 * kernel as it is stored.
 * @typedef {{input: number, source: number | null, kernel: number, output: number,
 *   target: number | null}} Meeting
 *
 * Lines drawn from `first` on, `count` of them; `size` of them, from 0, are values.
 * @typedef {{first: number, count: number, size: number}} Drawn
 *
 * How a size comes about, as the API's `step`.
 * @typedef {import('./size.js').SizeStep | import('./transposed_axis.js').TransposedStep
 *   | import('./adaptive_pool2d.js').AdaptiveStep} Step
 *
 * What one sort of windows says of an axis; `meet` and `step` are asked once, and only when needed.
 * `padding` are the lines that it adds before and after the input; `scale` is how many output lines
 * one input line is.
 * @typedef {{
 *   readonly kernel: number,
 *   readonly scale: number,
 *   readonly input: Drawn,
 *   readonly output: Drawn,
 *   readonly padding: {readonly before: number, readonly after: number},
 *   readonly meet: () => Meeting[],
 *   readonly step: () => Step,
 *   readonly sourceAt: (position: number) => number | null,
 * }} Windows
 */

/** The map of one axis, rows (height) or columns (width). */
export class AxisMap {
  /** @type {Meeting[] | undefined} */
  #meetings;
  /** @type {Meeting[][] | undefined} */
  #byOutput;
  /** @type {Step | undefined} */
  #step;
  /** @type {number[] | undefined} */
  #idle;
  #windows;

  /** @param {Windows} windows */
  constructor(windows) {
    this.#windows = windows;
    /** How many lines the kernel has, or the largest window. */
    this.kernel = windows.kernel;
    this.scale = windows.scale;
    this.input = windows.input;
    this.output = windows.output;
    this.padding = windows.padding;
    /** The input line that stands at a position, padding included; null where none does. */
    this.sourceAt = windows.sourceAt;
  }

  /** Every meeting, by output line and then by kernel line; of a transposed axis by input line. */
  get meetings() {
    return (this.#meetings ??= this.#windows.meet());
  }

  /** How the size comes about, with every number. */
  get step() {
    return (this.#step ??= this.#windows.step());
  }

  /** The input lines that nothing in the output is made of. */
  get unread() {
    return this.step.unread;
  }

  /** The output lines that nothing in the input reaches. */
  get unwritten() {
    return 'unwritten' in this.step ? this.step.unwritten : [];
  }

  /** The drawn input lines that nothing in the output is made of, those of the padding included. */
  get idle() {
    if (!this.#idle) {
      const met = new Set(this.meetings.map(({ input }) => input));
      const { first, count, size } = this.input;
      const outside = range(count).map((line) => first + line);
      const idle = outside.filter((line) => (line < 0 || line >= size) && !met.has(line));
      this.#idle = [...this.unread, ...idle];
    }
    return this.#idle;
  }

  /** The largest output that stride, kernel and dilation leave room for. */
  get room() {
    return Math.max(this.output.count, this.input.count - this.kernel + 1);
  }

  /** What one output line is made of. @param {number} output @returns {readonly Meeting[]} */
  sources(output) {
    if (!this.#byOutput) {
      this.#byOutput = range(this.output.size).map(() => []);
      for (const meeting of this.meetings) {
        if (meeting.target !== null) this.#byOutput[meeting.target].push(meeting);
      }
    }
    const found = this.#byOutput[output];
    if (!found)
      throw new RangeError(`There is no line ${output}: the output has ${this.output.size}.`);
    return found;
  }

  /**
   * What one input line goes into, also through padding that borrows it.
   * @param {number} source
   * @returns {Meeting[]}
   */
  readers(source) {
    return this.meetings.filter((meeting) => meeting.source === source);
  }
}
