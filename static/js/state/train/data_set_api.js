import { getJson, getTensors, request } from '../../api/client.js';
import { encodeNpy } from '../../core/tensor.js';
import { checkSize } from '../upload.js';

/** @import {Card, Shown} from '../../core/training/data_set.js' */

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** @param {string} name */
const path = (name) => `/datasets/${encodeURIComponent(name)}`;

/** @param {string} method @param {unknown} body */
const sending = (method, body) => ({ method, headers: JSON_TYPE, body: JSON.stringify(body) });

/** @param {RequestInit} [init] @returns {Promise<Card[]>} */
export const listDataSets = (init) => getJson('/datasets', init);

/** Some pictures of each class. @param {string} name @param {number} perClass @returns {Promise<Shown[]>} */
export async function getSamples(name, perClass) {
  const { document, tensors } = await getTensors(`${path(name)}/samples?per_class=${perClass}`);
  const [images, labels, indices] = ['images', 'labels', 'indices'].map((each) =>
    tensors.get(each),
  );
  if (!images || !labels || !indices) return [];
  const [rows, columns] = images.shape.slice(-2);
  const isColour = images.shape.length === 4;
  const size = images.data.length / Math.max(1, indices.data.length);
  return Array.from(indices.data, (index, at) => ({
    index: Number(index),
    label: document.classes[Number(labels.data[at])],
    picture: {
      values: Float32Array.from(
        images.data.subarray(at * size, (at + 1) * size),
        (value) => value / 255,
      ),
      ...{ rows, columns, palette: isColour ? 'colour' : 'input' },
    },
  }));
}

/** @param {string} name @param {string} ticket @returns {Promise<Card>} */
export const fetchDataSet = (name, ticket) =>
  getJson(`${path(name)}/fetch?ticket=${ticket}`, { method: 'POST' });

/** @param {string} ticket @returns {Promise<{done: number | null, of: number | null}>} */
export const getProgress = (ticket) => getJson(`/progress/${ticket}`);

/** @param {string} title @param {Card['kind']} kind @returns {Promise<Card>} */
export const createDataSet = (title, kind) =>
  getJson('/datasets', sending('POST', { title, kind }));

/** @param {string} name @param {{title?: string, labels?: Record<string, string>}} change @returns {Promise<Card>} */
export const changeDataSet = (name, change) => getJson(path(name), sending('PUT', change));

/** @param {string} name @returns {Promise<Card>} */
export const deleteDataSet = (name) => getJson(path(name), { method: 'DELETE' });

/** Where a set is exported as one file. @param {string} name */
export const exportPath = (name) => `${path(name)}.npz`;

/** @param {string} name @returns {Promise<Blob>} */
export const exportDataSet = async (name) => (await request(exportPath(name), {})).blob();

/** @param {Blob} file @returns {Promise<Card>} */
export async function importDataSet(file) {
  await checkSize(/** @type {File} */ (file), {});
  return getJson('/datasets/import', {
    method: 'POST',
    headers: { 'Content-Type': 'application/zip' },
    body: file,
  });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {{body: BodyInit, type: string}} picture
 * @returns {Promise<{card: Card, index: number}>}
 */
export const addPicture = (name, label, { body, type }) =>
  getJson(`${path(name)}/images?label=${encodeURIComponent(label)}`, {
    ...{ method: 'POST', headers: { 'Content-Type': type }, body },
  });

/**
 * Keeps a picture where it was before it was taken out.
 * @param {string} name
 * @param {Shown} shown
 * @returns {Promise<{card: Card, index: number}>}
 */
export function putPictureBack(
  name,
  { index, label, picture: { values, rows, columns, palette } },
) {
  const bytes = Uint8Array.from(values, (value) => Math.round(255 * value));
  const shape = palette === 'colour' ? [3, rows, columns] : [rows, columns];
  const query = new URLSearchParams({ label, at: String(index), prepare: 'none' });
  return getJson(`${path(name)}/images?${query}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-npy' },
    body: encodeNpy(bytes, shape),
  });
}

/** @param {string} name @param {number} index @returns {Promise<Card>} */
export const deletePicture = (name, index) =>
  getJson(`${path(name)}/images/${index}`, { method: 'DELETE' });
