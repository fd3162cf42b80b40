import { parseDoubles } from '../core/doubles.js';
import { request } from './client.js';

/**
 * The answer to a JSON body, in float64 to its last digit.
 * @param {string} path  below /api/v1
 * @param {unknown} body
 * @param {RequestInit} [init]  with the signal that aborts it
 * @returns {Promise<import('../core/doubles.js').DoublesFile>}
 */
export async function postForDoubles(path, body, init = {}) {
  const headers = { Accept: 'application/x-safetensors', 'Content-Type': 'application/json' };
  const answer = await request(path, {
    ...init,
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return parseDoubles(await answer.arrayBuffer());
}
