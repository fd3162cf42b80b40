import { Instance } from '../../common/instance.js';
import { curveFigures } from '../../../views/train/curve_figures.js';

/** The curves of a run. @type {import('../instance.js').Part['mount']} */
export const mount = (host, { signals }) => {
  const instance = new Instance(host, 'curves');
  instance.render(() => signals.curves.value, curveFigures, host);
  return () => instance.end();
};
