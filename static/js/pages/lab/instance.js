import { afterFrames } from '../common/frames.js';
import { Instance } from '../common/instance.js';

/** @import {Schedule} from '../common/frames.js' */

/** One Lab on a page. */
export class LabInstance extends Instance {
  /** Leaves the frame with a new experiment's planes to them. */
  afterStage = afterFrames();

  /** @param {HTMLElement} host @param {import('../../state/lab/lab.js').Lab} lab */
  constructor(host, lab) {
    super(host, 'lab');
    this.lab = lab;
  }

  /**
   * Renders a template into a place of it, at most once a frame: what follows from a new experiment in
   * the frame after the stage's, unless told.
   * @override
   * @template T
   * @param {() => T} read
   * @param {(model: T) => unknown} view
   * @param {HTMLElement} place
   * @param {Schedule} [schedule]
   */
  render(read, view, place, schedule) {
    const { experiment } = this.lab.signals;
    let shown = experiment.peek();
    const readLate = () => {
      // First, so that nothing that follows from another one is computed before it is shown.
      shown = experiment.value;
      return read();
    };
    const inTurn = (/** @type {() => void} */ act) =>
      (experiment.peek() === shown ? requestAnimationFrame : this.afterStage)(act);
    super.render(readLate, view, place, schedule ?? inTurn);
  }

  /** A place within another. @param {HTMLElement} place @param {string} className */
  part(place, className) {
    const part = document.createElement('div');
    part.className = className;
    place.append(part);
    return part;
  }

  /**
   * A place within another for each template, which shows it.
   * @param {HTMLElement} place
   * @param {string} className  what each place is
   * @param {Record<string, () => unknown>} views
   * @param {Schedule} [schedule]
   */
  renderParts(place, className, views, schedule) {
    for (const [name, view] of Object.entries(views)) {
      const part = this.part(place, `${className} is-${name}`);
      this.render(view, (template) => template, part, schedule);
    }
  }
}
