// Which maps show what a network's first convolution finds.

/**
 * A layer as far as this needs it.
 * @typedef {{readonly name: string, readonly inputs: readonly string[],
 *   readonly output_shape: readonly number[], readonly settings: Readonly<Record<string, unknown>>,
 *   readonly parameters: {readonly weight: number}}} Layer
 */

/**
 * The first convolution, and the last layer behind it that only works on its maps, as an activation function
 * does: what the next layer reads is what it found.
 * @param {readonly Layer[]} layers  in data order
 * @returns {{convolution: string, maps: string} | null} null where there is no convolution
 */
export function firstMaps(layers) {
  const first = layers.find(
    ({ settings, parameters }) => 'kernel_size' in settings && parameters.weight > 0,
  );
  if (!first) return null;
  const shape = first.output_shape.join();
  const behind = (/** @type {string} */ name) => {
    const readers = layers.filter(({ inputs }) => inputs.includes(name));
    const [only] = readers;
    const isSame = readers.length === 1 && only.inputs.length === 1;
    return isSame && only.output_shape.join() === shape && !('kernel_size' in only.settings)
      ? only.name
      : null;
  };
  let maps = first.name;
  for (let next = behind(maps); next; next = behind(next)) maps = next;
  return { convolution: first.name, maps };
}
