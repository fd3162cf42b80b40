// A question to the API as a command.

/** A value that is no list; of numbers that are not finite their name. @param {unknown} value */
function written(value) {
  const isNamed = typeof value === 'number' && !Number.isFinite(value);
  return JSON.stringify(isNamed ? String(value) : value);
}

/**
 * JSON in which every array of plain values is one line, so that a matrix looks like one.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {string}
 */
export function jsonRows(value, indent = '') {
  if (Array.isArray(value)) {
    const isRow = value.every((part) => part === null || typeof part !== 'object');
    if (isRow) return `[${value.map((part) => written(part)).join(', ')}]`;
    const inner = value.map((part) => jsonRows(part, `${indent} `));
    return `[${inner.join(`,\n${indent} `)}]`;
  }
  if (value === null || typeof value !== 'object') return written(value);
  const members = Object.entries(value).map(([name, part]) => {
    const start = `${indent} ${JSON.stringify(name)}: `;
    return start + jsonRows(part, ' '.repeat(start.length));
  });
  return `{\n${members.join(',\n')}\n${indent}}`;
}

/**
 * The command that asks for something. The body comes from standard input, which has no longest
 * length as a command line has.
 * @param {{path: string, body: Record<string, unknown>}} request
 * @param {string} origin  of the server, as http://127.0.0.1:8000
 */
export function curlOf({ path, body }, origin) {
  return (
    `curl -s ${origin}/api/v1${path} \\\n` +
    `  -H 'Content-Type: application/json' --data-binary @- <<'JSON'\n` +
    `${jsonRows(body)}\nJSON\n`
  );
}
