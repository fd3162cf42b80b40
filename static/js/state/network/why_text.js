import { QUESTION_PARTS, USUAL_QUESTION, ask, isMethod } from './why_question.js';

/** @import {Property} from './text.js' */

/** A part of what is asked about the decision, while that is open. @param {import('./why_question.js').Part} part @returns {Property} */
const questionPart = ({ read, change }) => ({
  read: ({ view, why }) => (view.kind === 'why' ? read(why ?? USUAL_QUESTION) : ''),
  write: (network, text) => {
    const changed = change(text, network);
    if (text && changed) ask(network.signals, changed);
    return changed !== null;
  },
});

/** What a link says of what is asked: how, then the parts of it, each '' where it is what is usual. @type {Record<string, Property>} */
export const WHY_PROPERTIES = {
  why: {
    read: ({ view, why }) => (view.kind === 'why' ? (why ?? USUAL_QUESTION).method : ''),
    write: ({ signals, actions }, text) => {
      if (!text) return true;
      const method = isMethod(text) ? text : USUAL_QUESTION.method;
      signals.why.value = { ...USUAL_QUESTION, method };
      actions.open({ kind: 'why' });
      return method === text;
    },
  },
  ...Object.fromEntries(
    Object.entries(QUESTION_PARTS).map(([name, part]) => [name, questionPart(part)]),
  ),
};
