/** The Outlook page. */
import { startHostPage } from './host/host-page.ts';

void startHostPage('outlook');
