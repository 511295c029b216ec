import { Annotations, CfnOutput, Stack, type StackProps, Tags } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { describeMisfit, fitModel } from '../src/deploy/model-fit.ts';
import { describeCost, estimateCost } from '../src/deploy/prices.ts';
import { stackNameOf, stackOutputs } from '../src/deploy/stack-interface.ts';
import { ParlanceError } from '../src/errors/errors.ts';
import { EndpointAlarms } from './endpoint-alarms.ts';
import { EndpointDashboard } from './endpoint-dashboard.ts';
import { type EndpointSettings, endpointNameFor } from './endpoint-settings.ts';
import { LlmEndpoint } from './llm-endpoint.ts';
import { LlmInferenceComponent } from './llm-inference-component.ts';
import type { ServedModel } from './llm-model.ts';
import { modelNameOf } from './model-source.ts';

/** One endpoint with all that belongs to it: model, role, logs and their metrics, alarms, dashboard; with scale to zero, an
 * inference component. Says what it costs, and whether the model fits where its size is known.
 * @throws invalid_setting */
export class EndpointStack extends Stack {
  readonly endpoint: LlmEndpoint;
  readonly component: LlmInferenceComponent | undefined;

  constructor(scope: Construct, settings: EndpointSettings, props: StackProps = {}) {
    const model = settings.model ?? { kind: 'bundled' };
    const endpointName = endpointNameFor(settings);
    super(scope, stackNameOf(endpointName), {
      ...props,
      description: `Parlance serves ${modelNameOf(model)} on the SageMaker endpoint ${endpointName}`,
    });
    const { scaleToZero, ...own } = settings;
    this.endpoint = scaleToZero
      ? this.#componentEndpoint(settings)
      : new LlmEndpoint(this, 'Endpoint', { ...own, endpointName, model: served(settings) });
    this.component = scaleToZero ? this.#createComponent(settings) : undefined;
    this.#observe(settings, modelNameOf(model));
    this.#advise(settings);
    Tags.of(this).add('parlance:endpoint', endpointName);
    for (const [key, value] of Object.entries(settings.tags ?? {})) Tags.of(this).add(key, value);
  }

  #componentEndpoint({ scaleToZero, scaling, ...settings }: EndpointSettings): LlmEndpoint {
    if (scaling)
      throw new ParlanceError('invalid_setting', 'scaling is given beside scaleToZero: give scaleToZero { maxCopies }');
    const { maxCopies = 1 } = typeof scaleToZero === 'object' ? scaleToZero : {};
    const { model, ...rest } = settings;
    return new LlmEndpoint(this, 'Endpoint', {
      ...rest,
      endpointName: endpointNameFor(settings),
      managedInstances: { min: 0, max: maxCopies },
    });
  }

  #createComponent(settings: EndpointSettings): LlmInferenceComponent {
    const { scaleToZero, containerStartupHealthCheckTimeout, modelDataDownloadTimeout, logRetention } = settings;
    return new LlmInferenceComponent(this, 'Component', {
      ...(typeof scaleToZero === 'object' ? scaleToZero : {}),
      ...(containerStartupHealthCheckTimeout ? { containerStartupHealthCheckTimeout } : {}),
      ...(modelDataDownloadTimeout ? { modelDataDownloadTimeout } : {}),
      ...(logRetention === undefined ? {} : { logRetention }),
      endpoint: this.endpoint,
      componentName: endpointNameFor(settings),
      model: served(settings),
    });
  }

  #observe(settings: EndpointSettings, model: string): void {
    const { endpoint, component } = this;
    const target = (component ?? endpoint).metricTarget;
    const logGroupName = (component ?? endpoint).logs!.groupName;
    const alarms = new EndpointAlarms(this, 'Alarms', {
      target,
      instance: endpoint.instance,
      thresholds: settings.alarms,
      topicArn: settings.alarmTopicArn,
    });
    const { dashboardName } = new EndpointDashboard(this, 'Dashboard', {
      target,
      model,
      instanceType: endpoint.instance.name,
      hasGpu: endpoint.instance.numGpus > 0,
      logGroupName,
      alarmNames: [...alarms.names, ...(component ? [component.noCapacityAlarmName] : [])],
    });
    const outputs: Record<string, string | undefined> = {
      [stackOutputs.endpointName]: endpoint.endpoint.attrEndpointName,
      [stackOutputs.componentName]: component?.componentName,
      [stackOutputs.instanceType]: endpoint.instance.name,
      [stackOutputs.model]: model,
      [stackOutputs.logGroupName]: logGroupName,
      [stackOutputs.dashboardName]: dashboardName,
      [stackOutputs.region]: this.region,
    };
    for (const [key, value] of Object.entries(outputs)) if (value !== undefined) new CfnOutput(this, key, { value });
  }

  /** Prints what can be told without going online. */
  #advise({ parameters, environment }: EndpointSettings): void {
    const { instance, instances } = this.endpoint;
    const notes = Annotations.of(this);
    const cost = describeCost(instance.name, estimateCost(instance.name, instances));
    notes.addInfoV2('parlance:cost', cost);
    this.templateOptions.metadata = { 'Parlance::Cost': cost };
    const quantize = environment?.QUANTIZE ?? environment?.HF_MODEL_QUANTIZE;
    if (parameters === undefined) {
      notes.addInfoV2('parlance:fit', `Fit into ${instance.name}: not checked (give -c parameters=7.24e9)`);
      return;
    }
    const fit = fitModel({ numParameters: parameters }, instance, quantize);
    if (!fit.fits)
      throw new ParlanceError('invalid_setting', describeMisfit({ numParameters: parameters }, fit, quantize));
    notes.addInfoV2('parlance:fit', `Fit into ${instance.name}: the model's weights have room`);
  }
}

function served({ model, image, environment, hubTokenSecret }: EndpointSettings): ServedModel {
  return {
    ...(model ? { source: model } : {}),
    ...(image ? { image } : {}),
    ...(environment ? { environment } : {}),
    ...(hubTokenSecret === undefined ? {} : { hubTokenSecret }),
  };
}
