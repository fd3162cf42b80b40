// Numbers of a formula's line, with as many digits as it takes for the line to be true as it stands.

/** Significant digits that operands are written with, at least and at most. */
const [FEWEST, MOST] = [3, 12];
/** Significant digits of a result. */
const RESULT_DIGITS = 4;
/** Less than this share is the rounding of float64. */
const NOISE = 1e-13;

/**
 * A number rounded to significant digits; the digits before its point are all kept.
 * @param {number} value
 * @param {number} digits
 */
function rounded(value, digits) {
  if (value === 0 || !Number.isFinite(value)) return value;
  return Number(value.toPrecision(Math.max(digits, Math.min(wholeDigits(value), 17))));
}

/** How many digits stand before the point; of a fraction 0 or less. @param {number} value */
const wholeDigits = (value) => Math.floor(Math.log10(Math.abs(value))) + 1;

/** A number in LaTeX. @param {number} value @param {number} digits  significant ones */
export function texOf(value, digits) {
  if (Number.isNaN(value)) return '\\text{NaN}';
  if (!Number.isFinite(value)) return value < 0 ? '-\\infty' : '\\infty';
  const [mantissa, power] = String(rounded(value, digits)).split('e');
  return power === undefined ? mantissa : `${mantissa} \\cdot 10^{${Number(power)}}`;
}

/**
 * How a line is written: its operands with `digits` each, so that what is printed comes to the printed
 * result. The signs say whether the operands (`first`) and the result (`last`) are exact.
 * @param {readonly number[]} operands
 * @param {(operands: readonly number[]) => number} evaluate  the line's value
 * @param {number} result
 * @param {number} [scale]  of the largest number that takes part
 * @returns {{digits: number, result: string, first: string, last: string}}
 */
export function lineOf(operands, evaluate, result, scale = 0) {
  // What is left where everything cancels is nothing but rounding.
  const whole = Math.abs(result) <= NOISE * scale ? 0 : result;
  const printed = rounded(whole, RESULT_DIGITS);
  const size = Math.max(Math.abs(whole), scale);
  const room = whole === 0 ? NOISE * scale : halfOf(printed);
  let digits = FEWEST;
  const valueOf = () => evaluate(operands.map((operand) => rounded(operand, digits)));
  const isTrue = () => isNear(valueOf(), printed, room);
  while (digits < MOST && !isTrue()) digits += 1;
  const isExact = operands.every((operand) => {
    return isNear(rounded(operand, digits), operand, NOISE * Math.abs(operand));
  });
  return {
    digits,
    result: texOf(whole, RESULT_DIGITS),
    first: isExact ? '=' : '\\approx',
    last: isNear(valueOf(), printed, NOISE * size) ? '=' : '\\approx',
  };
}

/** Half of the last digit of a result. @param {number} printed */
const halfOf = (printed) => 0.5000001 * 10 ** Math.min(0, wholeDigits(printed) - RESULT_DIGITS);

/** @param {number} one @param {number} other @param {number} by */
const isNear = (one, other, by) => Object.is(one, other) || Math.abs(one - other) <= by;
