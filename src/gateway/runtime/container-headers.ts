import type { IncomingHttpHeaders } from 'node:http';

type Headers = Readonly<Record<string, string>>;

const SAGEMAKER = 'x-amzn-sagemaker-';
/** What operations whose own Content-Type or Accept means something else call those of the model. */
const RENAMED: Readonly<Record<string, string>> = {
  'x-amzn-sagemaker-content-type': 'content-type',
  'x-amzn-sagemaker-accept': 'accept',
};
/** What an answer tells beside its content. */
const ANSWERED = [
  'x-amzn-sagemaker-custom-attributes',
  'x-amzn-sagemaker-new-session-id',
  'x-amzn-sagemaker-closed-session-id',
];

/** The headers of a request that reach the container: Content-Type, Accept and X-Amzn-SageMaker-*. SageMaker strips all
 * others.
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/your-algorithms-inference-code.html */
export function headersForContainer(headers: IncomingHttpHeaders): Headers {
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value !== 'string') continue;
    if (name === 'content-type' || name === 'accept') kept[name] ??= value;
    else if (RENAMED[name] !== undefined) kept[RENAMED[name]] = value;
    else if (name.startsWith(SAGEMAKER)) kept[name] = value;
  }
  return kept;
}

/** The headers of a container's answer that reach the client, but for its content type. */
export function headersForClient(headers: IncomingHttpHeaders): Headers {
  return Object.fromEntries(
    ANSWERED.flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])),
  );
}
