/** The probe: a configuration page that does nothing by itself. Tests call the real TeamsJS through `window.probe`. */
import { app, authentication, pages } from '@microsoft/teams-js';

const seen = { saves: [], removes: [], themes: [] };
const hosts = new URLSearchParams(location.search).getAll('host');

window.probe = {
  app,
  pages,
  authentication,
  seen,
  /** Listens for *Save*: keeps the event, sets the given configuration, then says what is told. */
  onSave(config, answer) {
    pages.config.registerOnSaveHandler(async (event) => {
      if (config !== null) await pages.config.setConfig(config);
      seen.saves.push({ result: event.result, config: await pages.getConfig() });
      if (answer === 'success') event.notifySuccess();
      else if (answer !== 'silence') event.notifyFailure(answer);
    });
  },
  onRemove(answer) {
    pages.config.registerOnRemoveHandler((event) => {
      seen.removes.push(event);
      if (answer === 'success') event.notifySuccess();
      else event.notifyFailure(answer);
    });
  },
};

const initialized = app.initialize([
  location.search.includes('host=') ? hosts[0] : document.referrer.replace(/\/$/, ''),
]);
await initialized;
app.registerOnThemeChangeHandler((theme) => seen.themes.push(theme));
app.notifySuccess();
document.body.dataset.ready = 'yes';
