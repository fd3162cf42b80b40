import { showDevice } from '../common/device.js';
import { startThemeButton } from '../common/theme.js';

startThemeButton();
void showDevice();
