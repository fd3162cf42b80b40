/** Two frames, from the one on that is about to be painted. */
const FRAMES_MS = 33;

/** What is done behind the frame that shows what has come, once. */
export class FrameWait {
  #atFrame;
  #act;
  #isOver = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ #timer;

  /**
   * @param {(then: () => void) => unknown} atFrame  calls when the next frame is about to be painted
   * @param {() => unknown} act
   */
  constructor(atFrame, act) {
    this.#atFrame = atFrame;
    this.#act = act;
  }

  /** Does it behind the next frame; what was to be done behind an earlier one is done with it. */
  begin() {
    this.#atFrame(() => {
      clearTimeout(this.#timer);
      if (!this.#isOver) this.#timer = setTimeout(this.#act, FRAMES_MS);
    });
  }

  /** Does it no more. */
  end() {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }
}
