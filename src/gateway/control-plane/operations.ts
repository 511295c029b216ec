import {
  createEndpointConfig,
  deleteEndpointConfig,
  describeEndpointConfig,
  listEndpointConfigs,
} from './endpoint-configs.ts';
import {
  createEndpoint,
  deleteEndpoint,
  describeEndpoint,
  listEndpoints,
  updateEndpoint,
  updateEndpointWeightsAndCapacities,
} from './endpoints.ts';
import {
  createInferenceComponent,
  deleteInferenceComponent,
  describeInferenceComponent,
  listInferenceComponents,
  updateInferenceComponent,
  updateInferenceComponentRuntimeConfig,
} from './inference-components.ts';
import { createModel, deleteModel, describeModel, listModels } from './models.ts';
import type { Operation } from './operation.ts';
import { addTags, deleteTags, listTags } from './tags.ts';

/** The operations of SageMaker's control plane that the gateway has.
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_Operations_Amazon_SageMaker_Service.html */
export const operations: ReadonlyMap<string, Operation> = new Map([
  ['CreateModel', createModel],
  ['DescribeModel', describeModel],
  ['ListModels', listModels],
  ['DeleteModel', deleteModel],
  ['CreateEndpointConfig', createEndpointConfig],
  ['DescribeEndpointConfig', describeEndpointConfig],
  ['ListEndpointConfigs', listEndpointConfigs],
  ['DeleteEndpointConfig', deleteEndpointConfig],
  ['CreateEndpoint', createEndpoint],
  ['DescribeEndpoint', describeEndpoint],
  ['ListEndpoints', listEndpoints],
  ['UpdateEndpoint', updateEndpoint],
  ['UpdateEndpointWeightsAndCapacities', updateEndpointWeightsAndCapacities],
  ['DeleteEndpoint', deleteEndpoint],
  ['CreateInferenceComponent', createInferenceComponent],
  ['DescribeInferenceComponent', describeInferenceComponent],
  ['ListInferenceComponents', listInferenceComponents],
  ['UpdateInferenceComponent', updateInferenceComponent],
  ['UpdateInferenceComponentRuntimeConfig', updateInferenceComponentRuntimeConfig],
  ['DeleteInferenceComponent', deleteInferenceComponent],
  ['AddTags', addTags],
  ['ListTags', listTags],
  ['DeleteTags', deleteTags],
]);
