/** A forward pass that takes longer than this is announced. */
const BUSY_AFTER_MS = 100;
/** What is shown counts as old once its successor is so long on its way. */
const OUTDATED_AFTER_MS = 300;

/**
 * @typedef {object} Asked  one forward pass under way
 * @property {import('./store.js').Outline} outline  of the network that is asked
 * @property {{at: number}} of  what it is of
 * @property {import('./paper.js').Paper['preparation']['value']} preparation  how that was prepared
 * @property {boolean} isFirst
 * @property {import('./request.js').Question} question
 * @property {Promise<import('../../core/tensor.js').TensorFile>} answer
 */

/** What is said of the picture on show while an answer is on its way: that it is old, that the network is busy. */
export class Awaiting {
  #signals;

  /** @param {import('./store.js').Store & import('./paper.js').Paper} signals */
  constructor(signals) {
    this.#signals = signals;
  }

  /** Says it where an answer takes long: `came` once it is there, `end` once it is shown. @param {Asked} asked */
  begin(asked) {
    const old = setTimeout(() => this.fade(asked), OUTDATED_AFTER_MS);
    const busy = this.#tellBusy(asked);
    return {
      came: () => clearTimeout(old),
      end() {
        clearTimeout(old);
        clearTimeout(busy);
      },
    };
  }

  /** Whether another picture, or one prepared in another way, is there by now. @param {Asked} asked */
  isOfOld({ outline, of, preparation }) {
    const { changed, outline: present, preparation: now } = this.#signals;
    return changed.value !== of || now.value !== preparation || present.value !== outline;
  }

  /** What is shown is old, unless it is of the picture that is asked about. @param {Asked} asked */
  fade(asked) {
    const { isOutdated } = this.#signals;
    isOutdated.value ||= this.#isAwaited(asked);
  }

  /** Says soon that something is on its way; of what is shown in small meanwhile, later. @param {Asked} asked */
  #tellBusy(asked) {
    const { isFollowing, isPart = false } = asked.question;
    const say = () => (this.#signals.isBusy.value = isPart || this.#isAwaited(asked));
    return setTimeout(say, isFollowing ? OUTDATED_AFTER_MS : BUSY_AFTER_MS);
  }

  /** Whether another picture than the one that is there is on its way or wanted. @param {Asked} asked */
  #isAwaited(asked) {
    return !asked.question.isFollowing || this.isOfOld(asked);
  }
}
