/** OpenAI's path, and the same behind the prefix that SageMaker's OpenAI endpoints use. */
export function openaiPaths(path: string): readonly string[] {
  return [`/v1${path}`, `/openai/v1${path}`];
}
