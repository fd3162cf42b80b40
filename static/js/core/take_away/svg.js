// A drawing as SVG text.

/**
 * Lengths in px, colours as CSS writes them. A text stands around its point, or begins at it.
 * @typedef {{x: number, y: number, width: number, height: number}} Rect
 * @typedef {{rect: Rect, fill: string, line?: string, isHatched?: boolean}} Fill
 * @typedef {{rect: Rect, stroke: string, width: number}} Outline
 * @typedef {{x: number, y: number, text: string, size: number, fill: string, isStart?: boolean,
 *   isBold?: boolean, opacity?: number}} Label
 * @typedef {{
 *   readonly width: number,
 *   readonly height: number,
 *   readonly title: string,
 *   readonly background: string,
 *   readonly hatch: string,
 *   readonly fills: readonly Fill[],
 *   readonly outlines: readonly Outline[],
 *   readonly labels: readonly Label[],
 * }} Drawing
 */

/** A length without needless digits. @param {number} value */
const length = (value) => String(Math.round(value * 100) / 100);

/** @param {string} text */
const escaped = (text) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** @param {Rect} rect */
const box = ({ x, y, width, height }) =>
  `x="${length(x)}" y="${length(y)}" width="${length(width)}" height="${length(height)}"`;

/** @param {Fill} fill */
function fillText({ rect, fill, line, isHatched }) {
  const edge = line ? ` stroke="${line}"` : '';
  const plain = `<rect ${box(rect)} fill="${fill}"${edge}/>`;
  return isHatched ? `${plain}\n<rect ${box(rect)} fill="url(#hatch)"/>` : plain;
}

/** @param {Outline} outline */
function outlineText({ rect, stroke, width }) {
  const inner = {
    x: rect.x + width / 2,
    y: rect.y + width / 2,
    width: rect.width - width,
    height: rect.height - width,
  };
  return `<rect ${box(inner)} fill="none" stroke="${stroke}" stroke-width="${length(width)}"/>`;
}

/** @param {Label} label */
function labelText({ x, y, text, size, fill, isStart, isBold, opacity = 1 }) {
  const anchor = isStart ? '' : ' text-anchor="middle" dominant-baseline="central"';
  const weight = isBold ? ' font-weight="600"' : '';
  const faint = opacity < 1 ? ` opacity="${opacity}"` : '';
  return (
    `<text x="${length(x)}" y="${length(y)}" font-size="${length(size)}" fill="${fill}"` +
    `${anchor}${weight}${faint}>${escaped(text)}</text>`
  );
}

/** The document. @param {Drawing} drawing */
export function svgOf({ width, height, title, background, hatch, fills, outlines, labels }) {
  const [across, down] = [length(width), length(height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${across}" height="${down}" ` +
      `viewBox="0 0 ${across} ${down}" font-family="Inter, system-ui, sans-serif">`,
    `<title>${escaped(title)}</title>`,
    '<defs><pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" ' +
      `patternTransform="rotate(-45)"><path d="M0 0V7" stroke="${hatch}"/></pattern></defs>`,
    `<rect width="${across}" height="${down}" fill="${background}"/>`,
    ...fills.map(fillText),
    ...outlines.map(outlineText),
    ...labels.map(labelText),
    '</svg>\n',
  ].join('\n');
}
