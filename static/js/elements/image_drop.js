import { FIELDS, isMeantFor } from './instrument.js';

/** @typedef {{file: File, at: number}} Taken at: the time of the event */

/**
 * The file to take of those that were dropped or pasted: the first image, else the first of any kind,
 * whose refusal then says why.
 * @param {DataTransfer | null} transfer
 * @returns {File | undefined}
 */
function fileOf(transfer) {
  const files = [...(transfer?.files ?? [])];
  return files.find((file) => file.type.startsWith('image/')) ?? files[0];
}

/** @param {DragEvent} event */
const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes an image by its button, dropped anywhere on the page, or pasted, unless that is meant for
 * another instrument; tells of it by an `image`
 * event whose detail is a Taken. Its children are what the button shows; its attribute `veil` is what the
 * page says while a file is held over it.
 */
export class ImageDrop extends HTMLElement {
  #input = document.createElement('input');
  #veil = document.createElement('div');
  /** @type {AbortController | null} */ #living = null;

  connectedCallback() {
    this.#input.type = 'file';
    this.#input.accept = 'image/*';
    this.#input.hidden = true;
    this.#veil.className = 'drop-veil';
    this.#veil.popover = 'manual';
    this.#veil.textContent =
      this.getAttribute('veil') ?? 'Drop the image to let the network see it';
    this.append(this.#input, this.#veil);
    this.#living = new AbortController();
    this.#listen(this.#living.signal);
  }

  disconnectedCallback() {
    this.#living?.abort();
    this.#input.remove();
    this.#veil.remove();
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    this.addEventListener(
      'click',
      (event) => {
        if (event.target instanceof Element && event.target.closest('button')) this.#input.click();
      },
      { signal },
    );
    this.#input.addEventListener('change', (event) => this.#choose(event), { signal });
    document.addEventListener('dragenter', (event) => this.#hover(event), { signal });
    document.addEventListener('dragover', (event) => this.#hover(event), { signal });
    document.addEventListener('dragleave', (event) => this.#leave(event), { signal });
    document.addEventListener('drop', (event) => this.#drop(event), { signal });
    document.addEventListener('paste', (event) => this.#paste(event), { signal });
  }

  /** @param {Event} event */
  #choose(event) {
    const file = this.#input.files?.[0];
    if (file) this.#take(file, event);
    // Without this the same file could not be chosen again.
    this.#input.value = '';
  }

  /** @param {DragEvent} event */
  #hover(event) {
    if (!carriesFiles(event) || !event.dataTransfer || !isMeantFor(this, event.target)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    if (!this.#veil.matches(':popover-open')) this.#veil.showPopover();
  }

  /** @param {DragEvent} event */
  #leave(event) {
    if (event.relatedTarget === null) this.#veil.hidePopover();
  }

  /** @param {DragEvent} event */
  #drop(event) {
    this.#veil.hidePopover();
    if (!carriesFiles(event) || !isMeantFor(this, event.target)) return;
    event.preventDefault();
    const file = fileOf(event.dataTransfer);
    if (file) this.#take(file, event);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    if (event.target instanceof Element && event.target.closest(FIELDS)) return;
    const file = fileOf(event.clipboardData);
    if (!file || !isMeantFor(this, event.target)) return;
    event.preventDefault();
    this.#take(file, event);
  }

  /** @param {File} file @param {Event} event */
  #take(file, { timeStamp }) {
    /** @type {Taken} */
    const detail = { file, at: timeStamp };
    this.dispatchEvent(new CustomEvent('image', { detail }));
  }
}

customElements.define('image-drop', ImageDrop);
