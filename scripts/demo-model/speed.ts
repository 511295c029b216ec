/** How fast one answer streams when nothing else is asked. */

const ANSWERS = 9;
const PROMPT = 'Once upon a time there was';
const TOKENS = 128;

/** Tokens per second of the answer in the middle of nine, asked one after the other; the first token, which waits for
 * the prompt, is not counted. */
export async function tokensPerSecond(base: string): Promise<number> {
  const rates: number[] = [];
  for (let answer = 0; answer < ANSWERS; answer++) rates.push(await rateOfAnswer(base));
  return rates.sort((a, b) => a - b)[Math.floor(ANSWERS / 2)]!;
}

async function rateOfAnswer(base: string): Promise<number> {
  const response = await fetch(`${base}/generate_stream`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ inputs: PROMPT, parameters: { max_new_tokens: TOKENS } }),
  });
  if (!response.ok || response.body === null) throw new Error(`/generate_stream: status ${response.status}`);
  const decoder = new TextDecoder();
  let text = '';
  let firstAt: number | undefined;
  let numFirst = 0;
  for await (const bytes of response.body) {
    text += decoder.decode(bytes, { stream: true });
    if (firstAt === undefined && numTokens(text) > 0) {
      firstAt = performance.now();
      numFirst = numTokens(text);
    }
  }
  const numTimed = numTokens(text) - numFirst;
  if (firstAt === undefined || numTimed === 0) throw new Error('the answer came in one piece');
  return (1000 * numTimed) / (performance.now() - firstAt);
}

function numTokens(events: string): number {
  return events.split('"token":').length - 1;
}
