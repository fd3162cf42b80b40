import { signal } from '@preact/signals-core';

import { saveFile } from '../common/save_file.js';

/** The making of an animation, one at a time. */
export class Filming {
  /** How much of it is made; null while none is. @type {import('@preact/signals-core').Signal<{share: number} | null>} */
  film = signal(null);

  /** @type {AbortController | null} */
  #making = null;

  /**
   * Makes one and saves it, unless one is being made.
   * @param {import('../../core/stage/planes.js').PlanesModel
   *   & {see: import('../../core/stage/place.js').See}} model
   * @param {string} name
   */
  async make(model, name) {
    if (this.#making) return;
    this.#making = new AbortController();
    this.film.value = { share: 0 };
    try {
      const { makeFilm } = await import('./film.js');
      const progress = (/** @type {number} */ share) => (this.film.value = { share });
      const made = await makeFilm(model, progress, this.#making.signal);
      if (made) saveFile(made, name);
    } finally {
      this.#making = null;
      this.film.value = null;
    }
  }

  callOff() {
    this.#making?.abort();
  }
}
