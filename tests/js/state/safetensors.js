// What the server answers with tensors, written by the format's description.

/** @param {Record<string, number[]>} tensors  (n,) each @param {object} [document] */
export function safetensors(tensors, document = {}) {
  const header = { __metadata__: { document: JSON.stringify(document) } };
  const values = Object.values(tensors).flat();
  let start = 0;
  for (const [name, each] of Object.entries(tensors)) {
    const end = start + 4 * each.length;
    Object.assign(header, {
      [name]: { dtype: 'F32', shape: [each.length], data_offsets: [start, end] },
    });
    start = end;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return new Response(Buffer.concat([length, text, Buffer.from(Float32Array.from(values).buffer)]));
}
