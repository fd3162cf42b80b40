import { fragment } from '../../state/bind_address.js';
import { startThemeButton } from '../common/theme.js';
import { mountLab } from './mount.js';

/** Whether the reader wants as little motion as can be. */
const isStill = () => matchMedia('(prefers-reduced-motion: reduce)').matches;

startThemeButton();
const host = document.querySelector('.lab-page');
if (!(host instanceof HTMLElement)) throw new Error('the page has no place for the Lab');
const isUntouched = fragment() === '';
const { actions } = mountLab(host, { address: true });
// The untouched example plays once.
if (isUntouched && !isStill()) actions.play();
