import { describe, expect, it } from '@jest/globals';
import { Duration } from 'aws-cdk-lib';
import { createApp } from '../../infra/create-app.ts';
import type { EndpointSettings } from '../../infra/endpoint-settings.ts';
import { hubModel, image, templateOf } from './support.ts';

describe('what SageMaker or the server would refuse', () => {
  const refused: [EndpointSettings, RegExp][] = [
    [{ instanceType: 'ml.g9.xlarge' }, /^instanceType is ml\.g9\.xlarge: known are .*ml\.g5\.2xlarge/],
    [
      { containerStartupHealthCheckTimeout: Duration.hours(2) },
      /containerStartupHealthCheckTimeout is 7200 s: SageMaker takes 60 to 3600 s/,
    ],
    [{ modelDataDownloadTimeout: Duration.seconds(10) }, /modelDataDownloadTimeout is 10 s/],
    [
      { scaling: { minInstances: 0, maxInstances: 2 } },
      /scaling\.minInstances is 0: only inference components .* use scaleToZero/,
    ],
    [
      { scaling: { minInstances: 3, maxInstances: 2 } },
      /scaling\.maxInstances is 2: expected an integer of at least 3/,
    ],
    [{ scaling: { maxInstances: 2, concurrentRequests: 1, invocationsPerMinute: 1 } }, /only one of them/],
    [{ scaling: { maxInstances: 2 }, scaleToZero: true }, /scaling is given beside scaleToZero/],
    [
      { scaleToZero: true, asyncInference: { outputUri: 's3://a-b/c', inputUri: 's3://a-b/d' } },
      /asyncInference is given/,
    ],
    [{ endpointName: 'not_a_name' }, /endpointName is not_a_name: expected letters/],
    [{ instanceCount: 0 }, /instanceCount is 0: expected an integer of at least 1/],
    [{ volumeSizeGb: 100 }, /volumeSizeGb is given: ml\.g5\.2xlarge has disks of its own/],
    [{ vpc: { subnetIds: [], securityGroupIds: ['sg-0'] } }, /vpc\.subnetIds is empty/],
    [{ vpc: { subnetIds: ['subnet-0'], securityGroupIds: ['0'] } }, /vpc\.securityGroupIds is 0: .*sg-/],
    [
      { image: { kind: 'registry', uri: 'docker.io/parlance' } },
      /image is docker\.io\/parlance: .*through your VPC alone/,
    ],
    [{ image: { kind: 'ecr', uri: 'parlance:1' } }, /image is parlance:1: expected ACCOUNT\.dkr/],
    [{ model: { kind: 's3', uri: 'https://bucket/model' }, endpointName: 'x' }, /model is https:.*expected s3:/],
    [
      { dataCapture: { uri: 's3://capture-bucket/x', samplingPercentage: 200 } },
      /samplingPercentage is 200: .*from 0 to 100/,
    ],
    [{ environment: { MAX_TOTAL_TOKENS: 'many' } }, /MAX_TOTAL_TOKENS=many is not an integer/],
    [{ environment: { QUANTIZE: 'exl2' } }, /QUANTIZE/],
    [{ parameters: 70e9 }, /the model's 70\.0B parameters need .*ml\.g5\.2xlarge has/],
  ];

  it.each(refused.map(([settings, message]) => [message.source, settings, message] as const))(
    'is told at synth: %s',
    (_, settings, message) => {
      expect(() => templateOf(settings)).toThrow(message);
    },
  );

  it('two endpoints of one name', () => {
    expect(() =>
      createApp({
        endpoints: [
          { model: hubModel, image },
          { model: hubModel, image },
        ],
      }),
    ).toThrow('two endpoints are called zephyr-7b-beta');
  });
});
