/**
 * A tensor as the program carries it: row-major values and their shape.
 * @typedef {{readonly shape: readonly number[], readonly data: Float32Array}} Tensor
 *
 * What a binary answer holds: its tensors by name and the JSON document beside them.
 * @typedef {{tensors: Map<string, Tensor>, document: any}} TensorFile
 *
 * @typedef {{dtype: string, shape: number[], data_offsets: [number, number]}} Entry
 */

/** The values of a float16, read from its 16 bits. @param {number} bits */
export function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * One entry's values as Float32Array; float32 that lies aligned is a view, the rest a copy.
 * @param {ArrayBuffer} buffer
 * @param {number} start  byte offset of the first value
 * @param {number} end  byte offset behind the last value
 * @param {string} dtype  safetensors name
 * @returns {Float32Array}
 */
function readValues(buffer, start, end, dtype) {
  if (dtype === 'F32') {
    return start % 4 === 0
      ? new Float32Array(buffer, start, (end - start) / 4)
      : new Float32Array(buffer.slice(start, end));
  }
  if (dtype === 'U8') return Float32Array.from(new Uint8Array(buffer, start, end - start));
  if (dtype === 'F64') return Float32Array.from(new Float64Array(buffer.slice(start, end)));
  if (dtype === 'I64')
    return Float32Array.from(new BigInt64Array(buffer.slice(start, end)), Number);
  if (dtype === 'F16') {
    return Float32Array.from(new Uint16Array(buffer.slice(start, end)), halfToNumber);
  }
  throw new TypeError(`a tensor of dtype ${dtype} cannot be read`);
}

/**
 * The tensors of a safetensors file and its document.
 * Source: the safetensors format, 8 bytes of header length, JSON header, values.
 * @param {ArrayBuffer} buffer
 * @returns {TensorFile}
 */
export function parseSafetensors(buffer) {
  const headerBytes = Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, headerBytes)));
  const origin = 8 + headerBytes;
  /** @type {Map<string, Tensor>} */
  const tensors = new Map();
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const entry = /** @type {Entry} */ (value);
    const [start, end] = entry.data_offsets;
    const data = readValues(buffer, origin + start, origin + end, entry.dtype);
    tensors.set(name, { shape: entry.shape, data });
  }
  return { tensors, document: JSON.parse(header.__metadata__?.document ?? 'null') };
}

/**
 * The bytes of a `.npy` file (version 1.0) of unsigned bytes, or of float32, in row-major order.
 * @param {Uint8Array | Float32Array} values
 * @param {readonly number[]} shape
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function encodeNpy(values, shape) {
  const axes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const type = values instanceof Float32Array ? '<f4' : '|u1';
  const text = `{'descr': '${type}', 'fortran_order': False, 'shape': (${axes}), }`;
  const headerBytes = Math.ceil((10 + text.length + 1) / 64) * 64 - 10;
  const bytes = new Uint8Array(10 + headerBytes + values.byteLength);
  bytes.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerBytes & 255, headerBytes >> 8]);
  bytes.set(new TextEncoder().encode(`${text.padEnd(headerBytes - 1)}\n`), 10);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), 10 + headerBytes);
  return bytes;
}

/**
 * The number of maps of a layer's activation and the size of each; a vector is maps of one value.
 * @param {readonly number[]} shape  (C, H, W) or (n)
 * @returns {{count: number, rows: number, columns: number}}
 */
export function mapsOf(shape) {
  const [count = 0, rows = 1, columns = 1] = shape;
  return { count, rows, columns };
}

/**
 * The tensors of an answer whose layers travelled as bytes between each map's minimum and maximum.
 * @param {TensorFile} file  whose document gives `scale` for each such layer
 * @returns {Map<string, Tensor>}
 */
export function dequantize({ tensors, document }) {
  const result = new Map(tensors);
  for (const { name, scale } of document.layers) {
    const tensor = tensors.get(name);
    if (!tensor || !scale) continue;
    const { minimum, maximum } = scale;
    const size = tensor.data.length / minimum.length;
    const data = tensor.data.map((value, i) => {
      const c = Math.floor(i / size);
      return minimum[c] + (value / 255) * (maximum[c] - minimum[c]);
    });
    result.set(name, { shape: tensor.shape, data });
  }
  return result;
}
