import { FIELDS, isMeantFor } from './instrument.js';

/** @typedef {{file: File, files: readonly File[], at: number}} Taken file: the first of them; at: the time of the event */

/**
 * The files to take of those that were dropped or pasted: the images, else those of any kind,
 * whose refusal then says why.
 * @param {DataTransfer | null} transfer
 */
function filesOf(transfer) {
  const files = [...(transfer?.files ?? [])];
  const images = files.filter((file) => file.type.startsWith('image/'));
  return images.length > 0 ? images : files;
}

/** @param {DragEvent} event */
const carriesFiles = (event) => event.dataTransfer?.types.includes('Files') ?? false;

/**
 * Takes an image by its button, dropped anywhere on the page, or pasted, unless that is meant for
 * another instrument; tells of it by an `image`
 * event whose detail is a Taken. Its children are what the button shows; its attribute `veil` is what the
 * page says while a file is held over it. With the attribute `many` it takes any number of them, and goes
 * before one that takes a single image, except within the [data-image-place] of that one.
 */
export class ImageDrop extends HTMLElement {
  #input = document.createElement('input');
  #veil = document.createElement('div');
  /** @type {AbortController | null} */ #living = null;

  connectedCallback() {
    this.#input.type = 'file';
    this.#input.accept = 'image/*';
    this.#input.hidden = true;
    this.#input.multiple = this.#isMany;
    this.#veil.className = 'drop-veil';
    this.#veil.popover = 'manual';
    this.append(this.#input, this.#veil);
    this.#living = new AbortController();
    this.#listen(this.#living.signal);
  }

  get #isMany() {
    return this.hasAttribute('many');
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
    const first = { signal, capture: this.#isMany };
    document.addEventListener('dragenter', (event) => this.#hover(event), first);
    document.addEventListener('dragover', (event) => this.#hover(event), first);
    document.addEventListener('dragleave', (event) => this.#leave(event), first);
    document.addEventListener('drop', (event) => this.#drop(event), first);
    document.addEventListener('paste', (event) => this.#paste(event), first);
  }

  /** Whether nothing else takes what happens. @param {Event} event */
  #isOurs({ defaultPrevented, target }) {
    if (defaultPrevented || !isMeantFor(this, target)) return false;
    const place = target instanceof Element ? target.closest('[data-image-place]') : null;
    return !place || place.contains(this);
  }

  /** @param {Event} event */
  #choose(event) {
    this.#take([...(this.#input.files ?? [])], event);
    // Without this the same file could not be chosen again.
    this.#input.value = '';
  }

  /** @param {DragEvent} event */
  #hover(event) {
    if (!carriesFiles(event) || !event.dataTransfer || !this.#isOurs(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    this.#veil.textContent =
      this.getAttribute('veil') ?? 'Drop the image to let the network see it';
    if (!this.#veil.matches(':popover-open')) this.#veil.showPopover();
  }

  /** @param {DragEvent} event */
  #leave(event) {
    if (event.relatedTarget === null) this.#veil.hidePopover();
  }

  /** @param {DragEvent} event */
  #drop(event) {
    this.#veil.hidePopover();
    if (!carriesFiles(event) || !this.#isOurs(event)) return;
    event.preventDefault();
    this.#take(filesOf(event.dataTransfer), event);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    if (event.target instanceof Element && event.target.closest(FIELDS)) return;
    const files = filesOf(event.clipboardData);
    if (files.length === 0 || !this.#isOurs(event)) return;
    event.preventDefault();
    this.#take(files, event);
  }

  /** @param {readonly File[]} files @param {Event} event */
  #take(files, { timeStamp }) {
    if (files.length === 0) return;
    /** @type {Taken} */
    const detail = { file: files[0], files, at: timeStamp };
    this.dispatchEvent(new CustomEvent('image', { detail }));
  }
}

customElements.define('image-drop', ImageDrop);
