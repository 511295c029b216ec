import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { ParlanceError } from '../src/errors/errors.ts';
import { readContext } from './context-settings.ts';
import type { ParlanceConfig } from './define-config.ts';
import { endpointNameFor } from './endpoint-settings.ts';
import { EndpointStack } from './endpoint-stack.ts';

/** The CDK app: a stack for each endpoint, checked by cdk-nag's packs of AWS Solutions and of NIST 800-53.
 * @param configured what `parlance.config.ts` says; endpoints of the context go in its place
 * @throws invalid_setting */
export function createApp(configured: ParlanceConfig | undefined, props: AppProps = {}): App {
  // CloudFormation's own schema rules end the synthesis, rather than the deployment.
  const context = { '@aws-cdk/core:validateAgainstDefaultRules': true };
  const app = new App({ analyticsReporting: false, ...props, context: { ...context, ...props.context } });
  const given = readContext(app.node);
  const config: ParlanceConfig = given ?? configured ?? { endpoints: [{}] };
  const region = config.region ?? configured?.region;
  const account = config.account ?? configured?.account;
  const env = { ...(region === undefined ? {} : { region }), ...(account === undefined ? {} : { account }) };
  const names = config.endpoints.map(endpointNameFor);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new ParlanceError(
      'invalid_setting',
      `two endpoints are called ${twice}: give one an endpointName of its own`,
    );
  for (const settings of config.endpoints)
    new EndpointStack(app, { ...settings, tags: { ...config.tags, ...settings.tags } }, { env });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new NIST80053R5Checks(app));
  return app;
}
