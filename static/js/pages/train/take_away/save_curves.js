import { percent } from '../../../core/number.js';
import { axisUnit } from '../../../core/training/axis_unit.js';
import { openingScale } from '../../../core/training/chart_range.js';
import { CHARTS, linesOf } from '../../../core/training/charts.js';
import { curvesCsv } from '../../../core/training/curves_csv.js';
import { curvesSvg } from '../../../core/training/curves_svg.js';
import { datasetText } from '../../../core/training/names.js';
import { guessingLoss } from '../../../core/training/progress.js';
import { tickText } from '../../../core/training/tick.js';
import { theme } from '../../../elements/theme.js';
import { curveColour } from '../../../render/curve_colours.js';
import { comparedCurves } from '../../../state/train/compare.js';
import { logOf } from '../../../state/train/follow.js';
import { getCurves } from '../../../state/train/run_api.js';
import { saveFile } from '../../common/save_file.js';

/** @typedef {import('../../../state/train/training.js').Training['signals']} Signals */

const SPAN = 8;
/** Pixels of the picture to one of the drawing. */
const SHARP = 2;

/** The charts of a run, and of the one that it is compared with, as one drawing. @param {Signals} signals */
function drawn({ run, curves, compared, classes, networkTitles }) {
  const now = theme();
  const [one, other] = [curves.peek(), comparedCurves({ run, compared })];
  const shown = other ? [one, other] : [one];
  const { recipe } = run.peek() ?? {};
  const charts = CHARTS.map((chart) => {
    const lines = linesOf(chart, one, other?.count ? other : null, SPAN);
    const scale = openingScale(chart, shown, guessingLoss(classes.peek()));
    return {
      ...{ title: chart.title, scale, lines },
      colours: lines.map((line) => curveColour(now, line)),
      range: chart.quantity === 'percent' ? /** @type {const} */ ([0, 1]) : null,
      tick: chart.quantity === 'percent' ? percent : tickText,
    };
  });
  const last = Math.max(one.step.at(-1) ?? 1, other?.step.at(-1) ?? 1);
  const runs = [run.peek(), other ? compared.peek()?.run : null].filter((each) => !!each);
  const network = networkTitles.peek().get(recipe?.network ?? '') ?? recipe?.network;
  return curvesSvg(charts, {
    steps: last,
    ...axisUnit(runs, last),
    title: `${network}, ${datasetText(recipe?.dataset ?? '')}, run ${run.peek()?.id}`,
    ...{ paper: now.paper, ink: now.ink, faint: now.line },
  });
}

/** A drawing as a picture. @param {{svg: string, width: number, height: number}} drawing @returns {Promise<Blob | null>} */
async function pictureOf({ svg, width, height }) {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  const image = new Image(SHARP * width, SHARP * height);
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [SHARP * width, SHARP * height];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** Every step's curves, those too that the page has no room for. @param {Signals} signals */
async function wholeCurves({ run, curves }) {
  const shown = curves.peek();
  const id = run.peek()?.id;
  return shown.isThinned && id ? logOf(await getCurves(id), Infinity).snapshot() : shown;
}

/** Hands the curves to the browser as a file. @param {'csv' | 'png' | 'svg'} kind @param {Signals} signals */
export async function saveCurves(kind, signals) {
  const name = `curves-${signals.run.peek()?.id}.${kind}`;
  if (kind === 'csv')
    saveFile(new Blob([curvesCsv(await wholeCurves(signals))], { type: 'text/csv' }), name);
  else if (kind === 'svg')
    saveFile(new Blob([drawn(signals).svg], { type: 'image/svg+xml' }), name);
  else {
    const picture = await pictureOf(drawn(signals));
    if (picture) saveFile(picture, name);
  }
}
