import { carryDrawing } from '../common/carry_drawing.js';
import { showDevice } from '../common/device.js';
import { startThemeButton } from '../common/theme.js';
import { mountTraining } from './mount.js';

startThemeButton();
void showDevice();
carryDrawing();
const host = document.querySelector('.train-page');
if (!(host instanceof HTMLElement)) throw new Error('the page has no place for a training');
mountTraining(host);
