// How far the Lab goes. Every cap is below the API's own (GET /api/v1/limits), so that whatever the
// page shows can also be asked for there.

/** Rows or columns of an input. */
export const MOST_LINES = 64;
/** Input channels. */
export const MOST_CHANNELS = 8;
/** Filters, and so output channels. */
export const MOST_FILTERS = 8;
/** Combinations of one sweep; the API's max_sweep_combinations. */
export const MOST_COMBINATIONS = 400;

/** What a mean may be divided by, of either sign. */
export const MOST_DIVISOR = 1_000_000_000;

/** How far each control goes. */
export const LAB_CAPS = {
  kernel_size: 11,
  stride: 16,
  padding: 16,
  dilation: 16,
  output_padding: 15,
};

/**
 * A number brought into a range, and whole.
 * @param {number} value
 * @param {number} least
 * @param {number} most
 */
export function within(value, least, most) {
  return Math.min(Math.max(Math.round(value), least), most);
}
