import { showDevice } from './device.js';
import { startThemeButton } from './theme.js';

startThemeButton();
void showDevice();
