/** @import {Tensor} from '../tensor.js' */

/**
 * Which pictures of the preparation are worth showing.
 * @typedef {{readonly name: string, readonly detail: string, readonly image: Tensor}} Step
 *
 * One place of the filmstrip; without a step where the server has taken none of that name.
 * @typedef {{name: string, step: Step | null}} Frame
 */

/** Shown always: these are switched, and what they make is what the network sees. */
const ALWAYS = ['cropped', 'scaled', 'centred', 'normalized'];
/** Shown where they are taken, between the grey picture and the crop. */
const BETWEEN = ['border', 'inverted', 'piece'];
/** A difference of colours below this cannot be seen. */
const VISIBLE = 0.03;

/** Whether a picture has visible colour: channels that differ. @param {Tensor} image  (C, H, W) in 0…1 */
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
 * stands only where it has colour, the grey one only where something is done to it before the crop.
 * @param {readonly Step[]} steps
 * @param {boolean} [isBorderTaken]  whether lines along the edge are no ink; where they are, their place stays,
 *   so that they can be taken for no ink again
 * @returns {Frame[]}
 */
export function frames(steps, isBorderTaken = true) {
  const find = (/** @type {string} */ name) => steps.find((step) => step.name === name) ?? null;
  const [decoded, grey] = [find('decoded'), find('grey')];
  const hasColour = decoded !== null && isColoured(decoded.image);
  const between = BETWEEN.map((name) => ({ name, step: find(name) })).filter(
    ({ name, step }) => step !== null || (name === 'border' && !isBorderTaken),
  );
  /** @type {Frame[]} */
  const first = [];
  if (hasColour) first.push({ name: 'decoded', step: decoded });
  if (grey && (hasColour || between.some(({ step }) => step)))
    first.push({ name: 'grey', step: grey });
  const last = ALWAYS.map((name) => ({ name, step: find(name) }));
  const altered = find('altered');
  if (altered) last.splice(-1, 0, { name: 'altered', step: altered });
  return [...first, ...between, ...last];
}
