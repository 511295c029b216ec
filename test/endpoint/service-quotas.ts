import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Service Quotas with quotas of SageMaker, which moto doesn't have.
 * @param values by the quota's name */
export async function startServiceQuotas(
  values: Readonly<Record<string, number>>,
): Promise<{ url: string; close(): void }> {
  const Quotas = Object.entries(values).map(([QuotaName, Value], index) => ({
    ServiceCode: 'sagemaker',
    QuotaName,
    QuotaCode: `L-${String(index).padStart(8, '0')}`,
    Value,
    Adjustable: true,
  }));
  const server = createServer((request, response) => {
    const isKnown = request.headers['x-amz-target'] === 'ServiceQuotasV20190624.ListServiceQuotas';
    request.resume();
    response.writeHead(isKnown ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(isKnown ? { Quotas } : { __type: 'InvalidAction' }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, close: () => server.close() };
}
