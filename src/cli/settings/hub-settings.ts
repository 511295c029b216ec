import type { Settings } from '../../config/settings.ts';
import { type HubSettings, readHubSettings } from '../../hub/hub-settings.ts';
import { readSecret } from '../../hub/read-secret.ts';

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

/** The same, with the token from the secret where one is named and no token is given.
 * @throws invalid_setting where the secret can't be read */
export async function hubSettingsWithSecret(settings: Settings): Promise<HubSettings> {
  const hub = hubSettings(settings);
  const { hfTokenSecret } = settings;
  if (hfTokenSecret === undefined || hub.token !== undefined || hub.offlineReason !== undefined) return hub;
  return { ...hub, token: await readSecret(hfTokenSecret, process.env) };
}
