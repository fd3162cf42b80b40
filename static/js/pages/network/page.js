import { startThemeButton } from '../common/theme.js';
import { mountNetwork } from './mount.js';

startThemeButton();
/** @type {HTMLElement | null} */
const host = document.querySelector('.network-page');
const name = document.getElementById('network-name');
if (!host || !name) throw new Error('the page has no place for the network');
const network = mountNetwork(host, { address: true, name });
void network.whole.then((page) => page?.startHeader(network));
