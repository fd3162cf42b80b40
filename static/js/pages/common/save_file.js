/** Chromium drops what is more than ten downloads in a second, without a word. */
const LEAST_BETWEEN_MS = 110;
/** How long a file can still be fetched after it was handed over. */
const KEPT_MS = 10_000;

/** When the next file may be handed over. */
let free = 0;

/** Hands a file to the browser, as soon as the one before has been taken. @param {Blob} blob @param {string} name */
export function saveFile(blob, name) {
  const now = performance.now();
  const start = Math.max(now, free);
  free = start + LEAST_BETWEEN_MS;
  if (start === now) handOver(blob, name);
  else setTimeout(() => handOver(blob, name), start - now);
}

/** @param {Blob} blob @param {string} name */
function handOver(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), KEPT_MS);
}
