import { parseSafetensors } from '../core/tensor.js';
import { ROOT } from './root.js';

const API = `${ROOT}api/v1`;

/** What the server refuses: the problem document's sentence, title and status. */
export class ApiError extends Error {
  /** @param {number} status @param {{type?: string, title?: string, detail?: string, errors?: readonly {pointer: string, detail: string}[]}} problem */
  constructor(status, problem) {
    super(problem.detail ?? problem.title ?? `The server answered ${status}.`);
    this.name = 'ApiError';
    this.status = status;
    this.title = problem.title ?? '';
    this.detail = this.message;
    this.errors = problem.errors ?? [];
    /** Whether the server says when to ask again. */
    this.isForNow = false;
    /** Whether the server has nothing of a name that was asked for. */
    this.isUnknownName = problem.type?.endsWith('#unknown-name') ?? false;
  }
}

/** @param {string} path  below /api/v1 @param {RequestInit} init @returns {Promise<Response>} */
export async function request(path, init) {
  let response;
  try {
    response = await fetch(API + path, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { detail: 'The server cannot be reached. Is Convoscope still running?' });
  }
  if (response.ok) return response;
  const isProblem = response.headers.get('content-type')?.includes('problem+json');
  const problem = new ApiError(response.status, isProblem ? await response.json() : {});
  problem.isForNow = response.headers.has('retry-after');
  throw problem;
}

/** A JSON answer. @param {string} path  below /api/v1 @param {RequestInit} [init]  with the signal that aborts it */
export async function getJson(path, init = {}) {
  const headers = { Accept: 'application/json', ...init.headers };
  return (await request(path, { ...init, headers })).json();
}

/**
 * A binary answer: its tensors and the document beside them.
 * @param {string} path  below /api/v1
 * @param {RequestInit} [init]  with the signal that aborts it
 * @returns {Promise<import('../core/tensor.js').TensorFile>}
 */
export async function getTensors(path, init = {}) {
  const headers = { Accept: 'application/x-safetensors', ...init.headers };
  return parseSafetensors(await (await request(path, { ...init, headers })).arrayBuffer());
}
