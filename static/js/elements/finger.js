/**
 * Tells what a pointer means by what it does on something that is dragged sideways: a finger that comes down,
 * or goes up or down, may be about to scroll the page; it means the thing once it goes across, or is lifted.
 */
export class Finger {
  #x = 0;
  #y = 0;
  #isAcross = false;

  /** @param {PointerEvent} event  of the kinds pointerdown, pointermove and pointerup */
  means({ type, pointerType, buttons, clientX, clientY }) {
    const isPressed = (buttons & 1) === 1;
    if (pointerType !== 'touch') return isPressed && type !== 'pointerup';
    if (type === 'pointerup') return true;
    if (type === 'pointerdown') {
      [this.#x, this.#y, this.#isAcross] = [clientX, clientY, false];
      return false;
    }
    if (Math.abs(clientX - this.#x) > Math.abs(clientY - this.#y)) this.#isAcross = true;
    return isPressed && this.#isAcross;
  }
}
