/** Between keys of stages: an address needs no escape for it. */
const BETWEEN = '*';

/** What a link says of a deep network's stages. @type {Record<string, import('./text.js').Property>} */
export const FOLD_PROPERTIES = {
  unfolded: {
    read: ({ unfolded }) => [...unfolded].join(BETWEEN),
    write: ({ signals: { deep, layers, unfolded } }, text) => {
      const keys = text ? text.split(BETWEEN) : [];
      const known = deep.value?.allKeys(layers.value) ?? [];
      const next = new Set(keys.filter((key) => known.includes(key)));
      // As it is already: nothing is laid out anew.
      const isSame =
        next.size === unfolded.value.size && keys.every((key) => unfolded.value.has(key));
      if (!isSame) unfolded.value = next;
      return next.size === keys.length;
    },
  },
};
