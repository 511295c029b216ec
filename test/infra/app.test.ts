import { describe, expect, it } from '@jest/globals';
import { Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NIST80053R5Checks } from 'cdk-nag';
import { createApp } from '../../infra/create-app.ts';
import { defineConfig } from '../../infra/define-config.ts';
import { ExecutionRole } from '../../infra/execution-role.ts';
import { everySetting, image, stackOf, templateOf } from './support.ts';

describe('cdk-nag', () => {
  const app = createApp({ endpoints: Object.values(everySetting) });

  it.each([
    ['AWS Solutions', AwsSolutionsChecks],
    ['NIST 800-53', NIST80053R5Checks],
  ])('finds nothing by its pack of %s', (_, Pack) => {
    expect(new Pack(app).validateScope(app).violations).toEqual([]);
  });

  it('would find what nobody acknowledged', () => {
    const stack = stackOf();
    const [role] = stack.node.findAll().filter((node) => node instanceof ExecutionRole);
    role!.allow({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::everything/*'] });
    const found = new AwsSolutionsChecks(stack).validateScope(stack).violations.map(({ ruleName }) => ruleName);
    expect(found).toEqual(['AwsSolutions-IAM5[Resource::arn:aws:s3:::everything/*]']);
  });

  it('has a reason in words for each acknowledgement', () => {
    const acknowledgements = app.node
      .findAll()
      .flatMap(({ node }) => node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY))
      .flatMap(({ data }) => Object.entries(data as Record<string, string>));
    expect(acknowledgements.length).toBeGreaterThan(20);
    for (const [, reason] of acknowledgements) expect(reason.split(' ').length).toBeGreaterThan(5);
  });
});

describe('the context of cdk deploy', () => {
  const endpointsOf = (context: Record<string, string>) =>
    createApp(undefined, { context: { image: image.uri, ...context } }).node.children.filter(Stack.isStack);

  it('makes one stack, named after the model', () => {
    expect(endpointsOf({ modelId: 'org/Some_Model.v2' }).map(({ stackName }) => stackName)).toEqual([
      'parlance-Some-Model-v2',
    ]);
  });

  it('goes before parlance.config.ts', () => {
    const config = defineConfig({ region: 'eu-west-1', endpoints: [{ endpointName: 'configured', image }] });
    const names = (context: Record<string, string>) =>
      createApp(config, { context })
        .node.children.filter(Stack.isStack)
        .map(({ stackName, region }) => [stackName, region]);
    expect(names({ modelId: 'org/m', image: image.uri })).toEqual([['parlance-m', 'eu-west-1']]);
    expect(names({})).toEqual([['parlance-configured', 'eu-west-1']]);
  });

  it.each([
    [{ modelId: 'a/b', modelS3Uri: 's3://bucket/x' }, /modelId and modelS3Uri are given/],
    [{ revision: 'main' }, /revision is main: it goes with modelId/],
    [{ scaleToZero: 'yes' }, /scaleToZero is yes: expected true or false/],
    [{ instanceCount: 'two' }, /instanceCount is two: expected a number above 0/],
    [{ environment: 'MAX_TOTAL_TOKENS' }, /environment has MAX_TOTAL_TOKENS: expected KEY=VALUE/],
    [{ environment: '{"A":1}' }, /environment is \{"A":1\}: expected a JSON object of texts/],
    [{ environment: 'HF_TOKEN=hf_abc' }, /environment has HF_TOKEN, which everyone .* give hubTokenSecret/],
    [{ environment: 'API_KEY=abc' }, /environment has API_KEY, which everyone .* leave it out/],
    [{ healthCheckTimeout: '7200' }, /containerStartupHealthCheckTimeout is 7200 s/],
  ])('%j is refused', (context, message) => {
    expect(() => endpointsOf(context)).toThrow(message);
  });

  it('sets what the server and SageMaker are to be told', () => {
    const [stack] = endpointsOf({
      modelId: 'org/m',
      revision: 'v1',
      instanceType: 'ml.c5.4xlarge',
      healthCheckTimeout: '600',
      quantize: 'int8',
      environment: 'MAX_TOTAL_TOKENS=2048,LOG_LEVEL=debug',
    });
    const template = Template.fromStack(stack!);
    template.hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: {
        Environment: {
          HF_MODEL_ID: 'org/m',
          HF_MODEL_REVISION: 'v1',
          MAX_TOTAL_TOKENS: '2048',
          LOG_LEVEL: 'debug',
          QUANTIZE: 'int8',
        },
      },
    });
    template.hasResourceProperties('AWS::SageMaker::EndpointConfig', {
      ProductionVariants: [
        Match.objectLike({ InstanceType: 'ml.c5.4xlarge', ContainerStartupHealthCheckTimeoutInSeconds: 600 }),
      ],
    });
  });
});

describe('the environment of the container', () => {
  it.each([
    ['as a JSON object, whose values may have commas', '{"CORS_ALLOW_ORIGIN":"https://a,https://b"}'],
    ['as the object of a cdk.json', { CORS_ALLOW_ORIGIN: 'https://a,https://b' }],
  ])('is taken %s', (_, environment) => {
    const app = createApp(undefined, { context: { image: image.uri, endpointName: 'e', environment } });
    Template.fromStack(app.node.findChild('parlance-e') as Stack).hasResourceProperties('AWS::SageMaker::Model', {
      PrimaryContainer: { Environment: { CORS_ALLOW_ORIGIN: 'https://a,https://b' } },
    });
  });
});

describe('synthesis', () => {
  it('says what the endpoint costs, by dated prices, and that the fit was not checked', () => {
    const annotations = Annotations.fromStack(stackOf({ scaleToZero: { maxCopies: 2 } }));
    annotations.hasInfo(
      '*',
      Match.stringLikeRegexp('Cost: about \\$0 to \\$2,212 a month .* prices for us-east-1 of 20'),
    );
    annotations.hasInfo('*', Match.stringLikeRegexp('Fit into ml\\.g5\\.2xlarge: not checked'));
  });

  it('says that the model fits where its size is given', () => {
    Annotations.fromStack(stackOf({ parameters: 7.24e9 })).hasInfo('*', Match.stringLikeRegexp('Fit .* have room'));
  });

  it('warns of a variable that the server does not read', () => {
    const annotations = Annotations.fromStack(stackOf({ environment: { MAX_INPUT_LENGHT: '100', NODE_OPTIONS: '' } }));
    annotations.hasWarning(
      '*',
      Match.stringLikeRegexp("environment has MAX_INPUT_LENGHT, which the server doesn't read"),
    );
    expect(annotations.findWarning('*', Match.anyValue()).length).toBe(1);
  });

  it('writes the cost into the template', () => {
    expect(templateOf().toJSON().Metadata).toEqual({ 'Parlance::Cost': expect.stringContaining('$1,106 a month') });
  });
});
