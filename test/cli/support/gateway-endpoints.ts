import { join, resolve } from 'node:path';
import {
  CreateEndpointCommand,
  CreateEndpointConfigCommand,
  CreateInferenceComponentCommand,
  CreateModelCommand,
} from '@aws-sdk/client-sagemaker';
import { CREDENTIALS, type OpenGateway, openGateway } from '../../gateway/support/open-gateway.ts';
import { type Ended, FIXTURES, runParlance } from './run-parlance.ts';

const BINARY = resolve(import.meta.dirname, '../../../bin/parlance.js');
const executionRole = 'arn:aws:iam::123456789012:role/execution';

/** A gateway whose containers are real servers, and the command line pointed at it. */
export interface EndpointWorkbench {
  readonly gateway: OpenGateway;
  run(...args: string[]): Promise<Ended>;
  /** Creates model, configuration and endpoint of one name. */
  createEndpoint(name: string, environment: Record<string, string>): Promise<void>;
  /** Creates an endpoint for components, and a component of the same name. */
  createComponent(name: string, environment: Record<string, string>): Promise<void>;
}

/** Opens it. Whoever asks for org/tiny gets a fixture. */
export async function openWorkbench(): Promise<EndpointWorkbench> {
  const gateway = await openGateway({
    command: [process.execPath, BINARY, 'serve'],
    standIns: new Map([['org/tiny', join(FIXTURES, 'llama3-tied')]]),
  });
  const { control } = gateway;
  const env = {
    AWS_ENDPOINT_URL: gateway.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  const createModel = (name: string, Environment: Record<string, string>) =>
    control.send(
      new CreateModelCommand({
        ModelName: name,
        ExecutionRoleArn: executionRole,
        PrimaryContainer: { Image: 'parlance', Environment },
      }),
    );
  const createConfig = (name: string, modelName?: string) =>
    control.send(
      new CreateEndpointConfigCommand({
        EndpointConfigName: name,
        ...(modelName === undefined && { ExecutionRoleArn: executionRole }),
        ProductionVariants: [
          {
            VariantName: 'AllTraffic',
            InstanceType: 'ml.g5.2xlarge',
            InitialInstanceCount: 1,
            ...(modelName !== undefined && { ModelName: modelName }),
          },
        ],
      }),
    );
  return {
    gateway,
    run: (...args) => runParlance(args, { env }),
    async createEndpoint(name, environment) {
      await createModel(name, environment);
      await createConfig(name, name);
      await control.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
    },
    async createComponent(name, environment) {
      await createModel(name, environment);
      await createConfig(name);
      await control.send(new CreateEndpointCommand({ EndpointName: name, EndpointConfigName: name }));
      await control.send(
        new CreateInferenceComponentCommand({
          InferenceComponentName: name,
          EndpointName: name,
          VariantName: 'AllTraffic',
          Specification: { ModelName: name, ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024 } },
          RuntimeConfig: { CopyCount: 2 },
        }),
      );
    },
  };
}
