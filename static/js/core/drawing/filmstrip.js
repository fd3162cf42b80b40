/**
 * Which pictures of the preparation are worth showing.
 * @typedef {import('../tensor.js').Tensor} Tensor
 * @typedef {{readonly name: string, readonly detail: string, readonly image: Tensor}} Step
 *
 * One place of the filmstrip; without a step where the server has taken none of that name.
 * @typedef {{name: string, step: Step | null}} Frame
 */

/** Shown always: these are switched, and what they make is what the network sees. */
const ALWAYS = ['cropped', 'scaled', 'centred', 'normalized'];
/** A difference of colours below this cannot be seen. */
const VISIBLE = 0.03;

/**
 * Whether a picture has visible colour: channels that differ.
 * @param {Tensor} image  (C, H, W) in 0…1
 */
export function isColoured({ shape, data }) {
  if (shape[0] < 3) return false;
  const size = data.length / shape[0];
  for (let i = 0; i < size; i += 1) {
    if (Math.abs(data[i] - data[i + size]) > VISIBLE) return true;
    if (Math.abs(data[i] - data[i + 2 * size]) > VISIBLE) return true;
  }
  return false;
}

/**
 * The frames in the order of the steps. What the paper shows already is left out: the decoded image
 * stands only where it has colour, the grey one only where it is coloured or inverted before.
 * @param {readonly Step[]} steps
 * @returns {Frame[]}
 */
export function frames(steps) {
  const find = (/** @type {string} */ name) => steps.find((step) => step.name === name) ?? null;
  const [decoded, grey, inverted] = [find('decoded'), find('grey'), find('inverted')];
  const hasColour = decoded !== null && isColoured(decoded.image);
  /** @type {Frame[]} */
  const first = [];
  if (hasColour) first.push({ name: 'decoded', step: decoded });
  if (grey && (hasColour || inverted)) first.push({ name: 'grey', step: grey });
  if (inverted) first.push({ name: 'inverted', step: inverted });
  return [...first, ...ALWAYS.map((name) => ({ name, step: find(name) }))];
}
