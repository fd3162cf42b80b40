import { html } from 'lit-html';

/** A layer's name: words with dots between them, no numbers. */
const NAMES = /[A-Za-z_]\w*(?:\.\w+)+/g;

/**
 * A text whose lines may break behind the dots of layers' names, and nowhere else within them.
 * @param {string} text
 */
export function breakable(text) {
  const parts = text.replace(NAMES, (name) => name.replaceAll('.', '.\n')).split('\n');
  return parts.map((part, index) => (index > 0 ? html`<wbr />${part}` : part));
}
