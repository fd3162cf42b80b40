/** Beyond it, the function is 1 to the last digit of a double. */
const FAR = 6;

/**
 * The error function: twice the integral of e^(-t²)/√π from 0 to x. All terms of its series have one
 * sign, so that nothing cancels.
 * Source: Abramowitz and Stegun, "Handbook of Mathematical Functions", 7.1.6.
 * @param {number} x
 */
export function errorFunction(x) {
  if (Math.abs(x) > FAR) return Math.sign(x);
  let [term, sum] = [x, x];
  for (let n = 1; Math.abs(term) > Number.EPSILON * Math.abs(sum); n += 1) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
