/** Between keys of stages: an address needs no escape for it. */
const BETWEEN = '*';

/** What a link says of a deep network's stages. @type {Record<string, import('./text.js').Property>} */
export const FOLD_PROPERTIES = {
  unfolded: {
    read: ({ unfolded }) => [...unfolded].join(BETWEEN),
    write: ({ signals: { deep, layers, unfolded } }, text) => {
      const keys = text ? text.split(BETWEEN) : [];
      const known = deep.value?.allKeys(layers.value) ?? [];
      unfolded.value = new Set(keys.filter((key) => known.includes(key)));
      return unfolded.value.size === keys.length;
    },
  },
};
