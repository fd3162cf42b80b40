import '../../../elements/run_chart.js';
import { curvesView } from '../../../views/train/curves.js';
import { Instance } from '../../common/instance.js';
import { CurvesPanel } from './model.js';

/** The curves of a run, and those of the one that it is compared with. @type {import('../instance.js').Part['mount']} */
export const mount = (host, training) => {
  const instance = new Instance(host, 'curves');
  const panel = new CurvesPanel(training);
  document.addEventListener('themechange', () => panel.recolour(), { signal: instance.living });
  instance.render(() => panel.model, curvesView, host);
  return () => instance.end();
};
