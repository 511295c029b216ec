/** The constructs, for CDK apps of one's own, and what parlance.config.ts is written with. */

export type { ImageSource } from './container-image.ts';
export { createApp } from './create-app.ts';
export { defineConfig, type ParlanceConfig } from './define-config.ts';
export type { AlarmThresholds } from './endpoint-alarms.ts';
export { EndpointAlarms, type EndpointAlarmsProps } from './endpoint-alarms.ts';
export { EndpointDashboard, type EndpointDashboardProps } from './endpoint-dashboard.ts';
export type { AsyncInference, DataCapture } from './endpoint-extras.ts';
export type { LlmEndpointProps, ManagedInstances } from './endpoint-props.ts';
export type { EndpointSettings, ScaleToZero } from './endpoint-settings.ts';
export { EndpointStack } from './endpoint-stack.ts';
export type { InstanceScaling } from './instance-scaling.ts';
export { LlmEndpoint } from './llm-endpoint.ts';
export { LlmInferenceComponent, type LlmInferenceComponentProps } from './llm-inference-component.ts';
export type { ServedModel } from './llm-model.ts';
export type { ModelSource } from './model-source.ts';
export type { VpcSettings } from './vpc.ts';
