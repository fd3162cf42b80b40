// Adaptive pooling: the output size is given, and the windows are laid out so that they cover all.
//
// adaptiveWindow(inputSize, outputSize, output)   where one window begins and ends
// adaptiveSources(inputSize, outputSize, output)  the input lines in it
// adaptiveStep(inputSize, outputSize)             all windows and the rule, as the API's `step`

/**
 * Where one window begins, and where it ends (not included): it goes from ⌊i · input / output⌋ up to
 * ⌈(i + 1) · input / output⌉.
 * @param {number} inputSize
 * @param {number} outputSize
 * @param {number} output  counted from 0
 * @returns {[number, number]}
 */
export function adaptiveWindow(inputSize, outputSize, output) {
  return [
    Math.floor((output * inputSize) / outputSize),
    Math.ceil(((output + 1) * inputSize) / outputSize),
  ];
}

/**
 * The input lines in one window.
 * @param {number} inputSize
 * @param {number} outputSize
 * @param {number} output
 * @returns {number[]}
 */
export function adaptiveSources(inputSize, outputSize, output) {
  const [start, end] = adaptiveWindow(inputSize, outputSize, output);
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/**
 * How an axis is shared out among its windows.
 * @param {number} inputSize
 * @param {number} outputSize
 */
export function adaptiveStep(inputSize, outputSize) {
  const windows = Array.from({ length: outputSize }, (_, output) =>
    adaptiveWindow(inputSize, outputSize, output),
  );
  const sizes = windows.map(([start, end]) => end - start);
  const share = `\\cdot ${inputSize}}{${outputSize}}`;
  return {
    input: inputSize,
    output: outputSize,
    windows,
    smallest: Math.min(...sizes),
    largest: Math.max(...sizes),
    unread: /** @type {number[]} */ ([]),
    latex:
      `\\left\\lfloor \\frac{i ${share} \\right\\rfloor \\le x < ` +
      `\\left\\lceil \\frac{(i + 1) ${share} \\right\\rceil`,
  };
}
