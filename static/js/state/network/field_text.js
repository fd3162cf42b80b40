/** @import {Property} from './text.js' */

/** What is shown of what values see, look for and are reached by, as parameters of a link. @type {Record<string, Property>} */
export const FIELD_PROPERTIES = {
  sees: {
    read: ({ sees }) => sees,
    write: ({ actions }, text) => {
      actions.showField(text === 'field');
      return text === 'field';
    },
  },
  looks: {
    read: ({ looks }) => looks,
    write: ({ actions }, text) => {
      actions.enlargePatches(text === 'large');
      return text === 'large';
    },
  },
  pixel: {
    read: ({ pixel }) => (pixel ? `${pixel.row}.${pixel.column}` : ''),
    write: ({ signals, actions }, text) => {
      const [, row = NaN, column = NaN] = /^(\d+)\.(\d+)$/.exec(text)?.map(Number) ?? [];
      const [, rows = 0, columns = 0] = signals.outline.value?.input_shape ?? [];
      const isThere = row < rows && column < columns;
      actions.choosePixel(isThere ? { row, column } : null);
      return isThere;
    },
  },
};
