// Binary answers to their last digit: what is compared with numbers in float64.

/**
 * @typedef {{readonly shape: readonly number[], readonly data: Float64Array}} Doubles
 * @typedef {{tensors: Map<string, Doubles>, document: any}} DoublesFile
 */

/**
 * The values of one entry.
 * @param {ArrayBuffer} bytes
 * @param {string} dtype  safetensors name
 * @returns {Float64Array}
 */
function toDoubles(bytes, dtype) {
  if (dtype === 'F64') return new Float64Array(bytes);
  if (dtype === 'F32') return Float64Array.from(new Float32Array(bytes));
  if (dtype === 'I64') return Float64Array.from(new BigInt64Array(bytes), Number);
  throw new TypeError(`a tensor of dtype ${dtype} cannot be read as float64`);
}

/**
 * The tensors of a safetensors file and the document beside them.
 * Source: the safetensors format, 8 bytes of header length, JSON header, values.
 * @param {ArrayBuffer} buffer
 * @returns {DoublesFile}
 */
export function parseDoubles(buffer) {
  const length = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, length)));
  const { __metadata__: metadata, ...entries } = header;
  /** @type {Map<string, Doubles>} */
  const tensors = new Map();
  for (const [name, { dtype, shape, data_offsets: offsets }] of Object.entries(entries)) {
    const [start, end] = offsets.map((/** @type {number} */ offset) => 8 + length + offset);
    tensors.set(name, { shape, data: toDoubles(buffer.slice(start, end), dtype) });
  }
  return { tensors, document: JSON.parse(metadata?.document ?? 'null') };
}
