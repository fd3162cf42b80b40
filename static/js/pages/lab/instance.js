import { renderInFrames } from '../common/frames.js';

/** How many Labs this page has had. */
let count = 0;

/** One Lab on a page: where it is, what it is, and until when. */
export class Instance {
  #ending = new AbortController();

  /** @param {HTMLElement} host @param {import('../../state/lab/lab.js').Lab} lab */
  constructor(host, lab) {
    this.host = host;
    this.lab = lab;
    count += 1;
    /** What ids and names begin with. */
    this.id = count === 1 ? 'lab' : `lab-${count}`;
  }

  /** Aborts when it ends. */
  get living() {
    return this.#ending.signal;
  }

  /** Does something at the end. @param {() => void} stop */
  atEnd(stop) {
    this.living.addEventListener('abort', stop);
  }

  /**
   * Renders a template into a place of it, at most once a frame.
   * @template T
   * @param {() => T} read
   * @param {(model: T) => unknown} view
   * @param {HTMLElement} place
   */
  render(read, view, place) {
    this.atEnd(renderInFrames(read, view, place));
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

  end() {
    this.#ending.abort();
  }
}
