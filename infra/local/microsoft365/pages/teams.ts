/** The Teams page. */
import { startHostPage } from './host/host-page.ts';

void startHostPage('teams');
