// A server that answers when a test says so.
import { mock } from 'node:test';

/**
 * A question on its way: what was asked, and how it is answered.
 * @typedef {{path: string, body: any, signal: AbortSignal, answer: (response: Response | Error) => void}} Question
 */

/**
 * Takes the place of the server.
 * @returns {Question[]} what has been asked since
 */
export function takeQuestions() {
  /** @type {Question[]} */
  const asked = [];
  mock.method(
    globalThis,
    'fetch',
    (/** @type {string} */ path, /** @type {RequestInit} */ init) => {
      return new Promise((resolve, reject) => {
        const signal = /** @type {AbortSignal} */ (init.signal);
        const answer = (/** @type {Response | Error} */ response) =>
          response instanceof Error ? reject(response) : resolve(response);
        signal.addEventListener('abort', () => reject(new DOMException('', 'AbortError')));
        asked.push({ path, body: JSON.parse(String(init.body)), signal, answer });
      });
    },
  );
  return asked;
}

/**
 * An answer of the API.
 * @param {Record<string, Float64Array>} tensors
 * @param {unknown} document  beside them
 */
export function answerOf(tensors, document) {
  let offset = 0;
  const entries = Object.entries(tensors).map(([name, { length, byteLength }]) => {
    const data_offsets = [offset, (offset += byteLength)];
    return /** @type {const} */ ([name, { dtype: 'F64', shape: [length], data_offsets }]);
  });
  const header = {
    ...Object.fromEntries(entries),
    __metadata__: { document: JSON.stringify(document) },
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + offset);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  for (const [name, { data_offsets }] of entries)
    bytes.set(new Uint8Array(tensors[name].buffer), 8 + text.length + data_offsets[0]);
  return new Response(bytes);
}

/** Lets every promise that can go on do so. */
export const settle = () => new Promise((resolve) => setImmediate(resolve));
