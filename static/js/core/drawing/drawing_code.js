import { ByteReader, ByteWriter, fromBase64Url, toBase64Url } from '../bytes.js';
import { PHOTO_TOOLS } from './strokes.js';

/** @import {Drawing, Point, Stroke, Tool} from './strokes.js' */

/**
 * A drawing as a short text for a link, and back.
 *
 * Version; kind of base and the base; then each stroke: its tool, whether its pressure varies and
 * its size in one number, the count of its points, and every point as its difference to the one
 * before it in half units. A digit drawn by hand is some 200 letters.
 */

const VERSION = 1;
const BASES = /** @type {const} */ ([null, 'sample', 'image', 'photo']);
/** Longer texts are no drawings of ours. */
const LONGEST = 65_536;
const PRESSURE_LEVELS = 16;
const FURTHEST = 2 * 320;
const LARGEST_SIZE = 280;
/** Beyond what a size takes: a photograph's tools. */
const TOOL_STEP = 2048;
const TOOLS = /** @type {const} */ (['pen', 'eraser']);

const UNREAD_IMAGE = /** @type {const} */ ({
  kind: 'image',
  width: 0,
  height: 0,
  isBright: false,
  pixels: new Uint8Array(0),
  title: '',
});

/** A shipped photograph is a sample by its name. @param {Drawing['base']} base */
const kindOf = (base) => (base?.kind === 'photo' && base.name ? 'sample' : (base?.kind ?? null));

/** @param {ByteWriter} out @param {Drawing['base']} base */
function writeBase(out, base) {
  const kind = kindOf(base);
  out.whole(BASES.indexOf(kind));
  if (base && base.kind !== 'image' && kind === 'sample') {
    out.whole(base.name.length);
    for (let i = 0; i < base.name.length; i += 1) out.whole(base.name.charCodeAt(i));
  }
  if (base && base.kind !== 'sample' && kind !== 'sample') {
    out.whole(base.code.length);
    for (const byte of base.code) out.bytes.push(byte);
  }
}

/** @param {ByteReader} input @returns {Drawing['base']} */
function readBase(input) {
  const kind = BASES[input.whole()];
  input.expect(kind !== undefined);
  if (kind === 'sample') {
    const letters = Array.from({ length: input.count(1) }, () =>
      String.fromCodePoint(input.byte()),
    );
    const name = letters.join('');
    input.expect(/^[\w.-]{1,64}$/.test(name));
    return { kind, name, label: null, pixels: new Uint8Array(0) };
  }
  if (!kind) return null;
  const code = Uint8Array.from({ length: input.count(1) }, () => input.byte());
  if (kind === 'image') return { ...UNREAD_IMAGE, code };
  return { kind, name: '', title: '', code, paint: null, note: '' };
}

/** @param {Stroke} stroke */
const hasPressure = (stroke) => stroke.points.some((point) => point[2] !== 0.5);

/** @param {Point} point @returns {[number, number, number]} whole numbers */
const toSteps = ([x, y, pressure]) => [
  Math.round(2 * x),
  Math.round(2 * y),
  Math.round(PRESSURE_LEVELS * pressure),
];

/** @param {ByteWriter} out @param {Stroke} stroke */
function writeStroke(out, stroke) {
  const varies = hasPressure(stroke);
  const { size, tool } = stroke;
  const beyond = TOOL_STEP * (PHOTO_TOOLS.findIndex((each) => each === tool) + 1);
  out.whole(beyond + 4 * Math.round(size) + (varies ? 2 : 0) + (tool === 'eraser' ? 1 : 0));
  out.whole(stroke.points.length);
  let before = [0, 0, PRESSURE_LEVELS / 2];
  for (const point of stroke.points) {
    const steps = toSteps(point);
    out.signed(steps[0] - before[0]);
    out.signed(steps[1] - before[1]);
    if (varies) out.signed(steps[2] - before[2]);
    before = steps;
  }
}

/** @param {ByteReader} input @returns {Stroke} */
function readStroke(input) {
  const word = input.whole();
  const head = word % TOOL_STEP;
  const size = head >> 2;
  /** @type {Tool | undefined} */
  const tool = word < TOOL_STEP ? TOOLS[head & 1] : PHOTO_TOOLS[Math.floor(word / TOOL_STEP) - 1];
  input.expect(tool !== undefined);
  const varies = (head & 2) !== 0;
  input.expect(size >= 1 && size <= LARGEST_SIZE);
  const count = input.count(varies ? 3 : 2);
  input.expect(count > 0);
  let [x, y, level] = [0, 0, PRESSURE_LEVELS / 2];
  /** @type {Point[]} */
  const points = [];
  for (let i = 0; i < count; i += 1) {
    x += input.signed();
    y += input.signed();
    if (varies) level += input.signed();
    input.expect(Math.max(Math.abs(x), Math.abs(y)) <= FURTHEST);
    input.expect(level >= 0 && level <= PRESSURE_LEVELS);
    points.push([x / 2, y / 2, level / PRESSURE_LEVELS]);
  }
  return { tool: tool ?? 'pen', size, points };
}

/**
 * The drawing as base64url letters. An image is kept as its own short code, a sample as its name.
 * @param {Drawing} drawing
 */
export function encodeDrawing(drawing) {
  const out = new ByteWriter();
  out.whole(VERSION);
  writeBase(out, drawing.base);
  for (const stroke of drawing.strokes) writeStroke(out, stroke);
  return toBase64Url(out.bytes);
}

/**
 * The drawing that letters stand for; null where they stand for none.
 * @param {string} text
 * @returns {Drawing | null}
 */
export function decodeDrawing(text) {
  const bytes = text.length > LONGEST ? null : fromBase64Url(text);
  if (!bytes) return null;
  const input = new ByteReader(bytes);
  input.expect(input.whole() === VERSION);
  const base = readBase(input);
  const strokes = [];
  while (input.remaining > 0) strokes.push(readStroke(input));
  return input.hasFailed ? null : { base, strokes };
}
