/** A formula without the marks of its settings. @param {string} tex */
export function bare(tex) {
  let text = tex;
  const mark = /\\htmlData\{[^{}]*\}\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\}/g;
  while (text.includes('\\htmlData')) text = text.replace(mark, '$1');
  return text;
}
