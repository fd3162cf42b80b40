import {
  alterationFrom,
  alterationText,
  cropFrom,
  cropText,
} from '../../core/drawing/input_text.js';

/** @import {Property} from './text.js' */

/** What a link says of what is done to the network's input, and of what is read of a photograph. @type {Record<string, Property>} */
export const INPUT_PROPERTIES = {
  alter: {
    read: ({ drawing: { altered } }) => (altered ? alterationText(altered) : ''),
    write: ({ signals: { drawing, show } }, text) => {
      const found = alterationFrom(text);
      const { altered, ...plain } = drawing.value;
      if (found) show({ ...plain, altered: found }, performance.now());
      else if (altered) show(plain, performance.now());
      return found !== null;
    },
  },
  part: {
    read: ({ preparation: { part } }) => (part ? cropText(part) : ''),
    write: ({ signals: { preparation } }, text) => {
      const part = cropFrom(text);
      const { part: former } = preparation.value;
      if ((former ? cropText(former) : '') !== (part ? cropText(part) : ''))
        preparation.value = { ...preparation.value, part: part ?? undefined };
      return part !== null;
    },
  },
};
