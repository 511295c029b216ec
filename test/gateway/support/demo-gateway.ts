import { type OpenGateway, openGateway } from './open-gateway.ts';
import { type Script, type ScriptedContainer, scriptedContainer } from './scripted-container.ts';

/** A gateway whose endpoint `demo` is answered for by a container that does as a test says. */
export interface DemoGateway extends OpenGateway {
  readonly container: ScriptedContainer;
}

/** Opens it; its close() ends the container too. */
export async function openDemo(
  script: Script,
  changed: Parameters<typeof openGateway>[0] & { readonly component?: string } = {},
): Promise<DemoGateway> {
  const { component, ...options } = changed;
  const container = await scriptedContainer(script);
  const opened = await openGateway({ endpoints: [{ name: 'demo', component, url: container.url }], ...options });
  return {
    ...opened,
    container,
    async close() {
      await opened.close();
      await container.close();
    },
  };
}
