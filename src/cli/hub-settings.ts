import type { Settings } from '../config/settings.ts';
import { type HubSettings, readHubSettings } from '../hub/hub-settings.ts';

/** Where models come from and are kept: the settings, over what else huggingface_hub reads from the environment. */
export function hubSettings(settings: Settings): HubSettings {
  const { hfEndpoint, hfHome, hfHubOffline, hfToken, huggingfaceHubCache } = settings;
  const given = {
    HF_ENDPOINT: hfEndpoint,
    HF_HOME: hfHome,
    HF_HUB_OFFLINE: hfHubOffline === undefined ? undefined : String(hfHubOffline),
    HF_TOKEN: hfToken,
    HF_HUB_CACHE: huggingfaceHubCache,
  };
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return readHubSettings({ ...process.env, ...Object.fromEntries(present) });
}
