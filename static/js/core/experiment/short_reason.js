// Why a combination is impossible, in so few words that they stand in a small cell.

/** The beginning of each refusal, and what it comes to. @type {readonly [RegExp, string][]} */
const SHORT = [
  [/^padding 'same' keeps/, 'same needs stride 1'],
  [/^The kernel does not fit/, 'kernel too large'],
  [/^Reflect padding/, 'too much to reflect'],
  [/^Circular padding/, 'wraps more than once'],
  [/is not below the effective kernel/, 'padding beyond kernel'],
  [/^Nothing is left/, 'nothing is left'],
  [/^output_padding/, 'output padding too large'],
];

/** A refusal in three or four words. @param {string} sentence */
export function shortReason(sentence) {
  return SHORT.find(([begins]) => begins.test(sentence))?.[1] ?? 'impossible';
}
