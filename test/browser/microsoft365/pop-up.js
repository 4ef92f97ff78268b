/** The sign-in window of the probe: it says at once what its address tells it to. */
import { app, authentication } from '@microsoft/teams-js';

const query = new URLSearchParams(location.search);
await app.initialize([query.get('host')]);
if (query.get('say') === 'success') authentication.notifySuccess('the-code');
if (query.get('say') === 'failure') authentication.notifyFailure('the-reason');
document.body.dataset.ready = 'yes';
