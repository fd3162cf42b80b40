import { Instance } from '../common/instance.js';

/** One Lab on a page. */
export class LabInstance extends Instance {
  /** @param {HTMLElement} host @param {import('../../state/lab/lab.js').Lab} lab */
  constructor(host, lab) {
    super(host, 'lab');
    this.lab = lab;
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
   */
  renderParts(place, className, views) {
    for (const [name, view] of Object.entries(views)) {
      this.render(view, (template) => template, this.part(place, `${className} is-${name}`));
    }
  }
}
