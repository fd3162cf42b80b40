/** Letters of a link's text that a sentence repeats. */
const MOST_LETTERS = 24;
/** Unknown parameters of a link that are told of: one that was cut or mixed up has as many as one likes. */
const MOST_UNKNOWN = 3;

/** @param {string} text */
const quoted = (text) =>
  `“${text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text}”`;

/**
 * What is said of a part of a link that is unknown.
 * @param {string} name
 * @param {string} text
 */
export const unknownSentence = (name, text) =>
  `The link’s ${quoted(text ? `${name}=${text}` : name)} is unknown and left out.`;

/**
 * The parameters of a link of which there are none by that name, each once.
 * @param {Iterable<[string, string]>} fields
 * @param {readonly string[]} names  of those there are
 * @returns {{name: string, text: string}[]}
 */
export function unknownOf(fields, names) {
  const unknown = [...new Map(fields)].filter(([name]) => name && !names.includes(name));
  return unknown.slice(0, MOST_UNKNOWN).map(([name, text]) => ({ name, text }));
}

/**
 * A parameter that is not what is shown, as a list; an empty one where it is.
 * @param {string} name
 * @param {string} text
 * @param {unknown} read  false where it cannot be read, or the sentence that says why
 */
export function unreadOf(name, text, read) {
  if (typeof read === 'string') return [{ name, text, reason: read }];
  return read === false ? [{ name, text }] : [];
}

/**
 * What of a link could not be read, and what is shown in its place.
 * @param {readonly {name: string, text: string, reason?: string}[]} unread  parameters of the link
 * @param {{title: string, open: string, paper: string}} shown  the network, what is open of it, what
 *   is on the paper
 * @returns {string} '' where everything could be read
 */
export function unreadSentence(unread, { title, open, paper }) {
  const sentences = unread.map(({ name, text, reason }) => {
    if (reason) return `${reason} ${title} is shown.`;
    if (name === 'network') return `There is no network ${quoted(text)} here; ${title} is shown.`;
    if (name === 'open') return `${title} has no ${quoted(text)} to open; ${open} is shown.`;
    if (name !== 'ink') return unknownSentence(name, text);
    return `The drawing in the link cannot be read: it is cut off or changed; ${paper} is shown.`;
  });
  return sentences.join(' ');
}
