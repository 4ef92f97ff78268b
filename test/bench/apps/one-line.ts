/** The least function app there is: what a cold start costs before an app of ours adds anything. */
import { app } from '@azure/functions';

app.http('hello', { handler: async () => ({ body: 'Hello' }) });
