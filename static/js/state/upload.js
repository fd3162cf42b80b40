import { ApiError, getJson, getTensors } from '../api/client.js';
import { withUnit } from '../core/number.js';

/** A file larger than this is held to the server's limit before it is read. */
const ASK_ABOVE_BYTES = 1_000_000;

/**
 * Refuses an empty file, and one so large that the server would not read it to its end.
 * @param {File} file
 * @param {RequestInit} [init]  with the signal that aborts it
 */
export async function checkSize({ size }, init) {
  if (size === 0) throw new ApiError(400, { detail: 'The file is empty.' });
  if (size <= ASK_ABOVE_BYTES) return;
  const { max_upload_bytes: most } = await getJson('/limits', init);
  if (size <= most) return;
  const [has, may] = [size, most].map((bytes) => withUnit((bytes / 1e6).toFixed(1), 'MB'));
  const detail = `The file has ${has}; at most ${may} are read. Save the image smaller.`;
  throw new ApiError(413, { detail });
}

/**
 * What the server makes of an image file.
 * @param {File} file
 * @param {string} query  how it is prepared
 * @param {RequestInit} init  with the signal that aborts it
 */
export async function prepareImage(file, query, init) {
  await checkSize(file, init);
  // What calls itself no image is sent as one all the same: the server looks, and says what it found.
  const type = file.type.startsWith('image/') ? file.type : 'image/unknown';
  return getTensors(`/images/prepare?${query}`, {
    ...init,
    method: 'POST',
    body: file,
    headers: { 'Content-Type': type },
  });
}
