// The norm that Lp pooling takes.
//
// norm(values, normType)    (Σ |x|^p)^(1/p)

/** The norm_type up to which windows are scaled by a power of two, which rounds nothing. */
const EXACT_UP_TO = 64;

/**
 * The p-norm of some values. Each is divided by the largest first, so that no power overflows or
 * vanishes.
 * @param {Float64Array} values
 * @param {number} normType
 */
export function norm(values, normType) {
  let largest = 0;
  for (let index = 0; index < values.length; index++) {
    largest = Math.max(largest, Math.abs(values[index]));
  }
  const helps = largest > 0 && largest < Infinity;
  const exact = normType <= EXACT_UP_TO ? 2 ** Math.floor(Math.log2(largest)) : largest;
  const scale = helps ? exact : 1;
  let total = 0;
  for (let index = 0; index < values.length; index++) {
    total += (Math.abs(values[index]) / scale) ** normType;
  }
  return scale * total ** (1 / normType);
}
