/**
 * Pictures fitted into a square, smooth when they grow and averaged when they shrink.
 *
 * Which source pixels a target pixel is made of, along one axis, and by what share.
 * @typedef {{starts: Int32Array, width: number, shares: Float32Array}} Mixture
 */

/** The cubic through its neighbours. Source: Keys (1981), a = −1/2. @param {number} distance  in source pixels */
function cubic(distance) {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

/** @param {number} source @param {number} target @returns {Mixture} */
function mixture(source, target) {
  const ratio = source / target;
  const stretch = Math.max(1, ratio);
  const width = Math.ceil(4 * stretch) + 1;
  const starts = new Int32Array(target);
  const shares = new Float32Array(target * width);
  for (let i = 0; i < target; i += 1) {
    const centre = (i + 0.5) * ratio - 0.5;
    starts[i] = Math.ceil(centre - 2 * stretch);
    let total = 0;
    for (let k = 0; k < width; k += 1) total += cubic((starts[i] + k - centre) / stretch);
    for (let k = 0; k < width; k += 1) {
      shares[i * width + k] = cubic((starts[i] + k - centre) / stretch) / total;
    }
  }
  return { starts, width, shares };
}

/**
 * Resizes the lines of a picture and turns it on its side; twice is a resize in both directions.
 * @param {ArrayLike<number>} pixels  (rows, columns)
 * @param {number} rows
 * @param {number} columns
 * @param {number} target  new number of columns
 * @returns {Float32Array} (target, rows)
 */
function resizeAndTurn(pixels, rows, columns, target) {
  const { starts, width, shares } = mixture(columns, target);
  const result = new Float32Array(target * rows);
  for (let r = 0; r < rows; r += 1) {
    for (let x = 0; x < target; x += 1) {
      let sum = 0;
      for (let k = 0; k < width; k += 1) {
        const c = Math.min(columns - 1, Math.max(0, starts[x] + k));
        sum += pixels[r * columns + c] * shares[x * width + k];
      }
      result[x * rows + r] = sum;
    }
  }
  return result;
}

/**
 * The picture in another size.
 * @param {Uint8Array} pixels  (height, width)
 * @param {number} width
 * @param {number} height
 * @param {number} columns  new width
 * @param {number} rows  new height
 * @returns {Uint8Array} (rows, columns)
 */
export function resize(pixels, width, height, columns, rows) {
  const turned = resizeAndTurn(pixels, height, width, columns);
  const sized = resizeAndTurn(turned, columns, height, rows);
  return new Uint8Array(Uint8ClampedArray.from(sized).buffer);
}

/**
 * Where a picture lies when it is fitted into a square: its scale and its left and top margins.
 * @param {number} width
 * @param {number} height
 * @param {number} side
 */
export function placement(width, height, side) {
  const scale = side / Math.max(width, height);
  return { scale, left: (side - scale * width) / 2, top: (side - scale * height) / 2 };
}

/**
 * The picture in the middle of a square of paper, as large as fits.
 * @param {Uint8Array} pixels  (height, width), 255 = ink
 * @param {number} width
 * @param {number} height
 * @param {number} side
 * @returns {Uint8Array} (side, side)
 */
export function fitSquare(pixels, width, height, side) {
  const { scale, left, top } = placement(width, height, side);
  const columns = Math.max(1, Math.round(scale * width));
  const rows = Math.max(1, Math.round(scale * height));
  // What fits exactly may be rounded to a little more than the square.
  const [x, y] = [left, top].map((margin) => Math.max(0, Math.floor(margin)));
  const fitted = resize(pixels, width, height, columns, rows);
  const square = new Uint8Array(side * side);
  for (let r = 0; r < rows; r += 1) {
    square.set(fitted.subarray(r * columns, (r + 1) * columns), (y + r) * side + x);
  }
  return square;
}
