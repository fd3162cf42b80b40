// Numbers for a spreadsheet.

/**
 * Comma-separated values, every number as short as it can be without being another.
 * @param {import('../experiment/experiment.js').Values} values
 */
export function csvOf({ shape, data }) {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const maps = data.length / (rows * columns);
  /** @type {string[]} */
  const blocks = [];
  for (let map = 0; map < maps; map++) {
    const lines = Array.from({ length: rows }, (_, row) => {
      const start = (map * rows + row) * columns;
      return Array.from(data.subarray(start, start + columns), String).join(',');
    });
    blocks.push(lines.join('\n'));
  }
  return `${blocks.join('\n\n')}\n`;
}
