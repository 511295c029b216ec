import type { TextGenerationEvent } from '../../../text/types.ts';
import type { Finish, TokenEvent } from '../../generation/run-generation.ts';
import type { GenerateRequest } from '../../schema/tgi-generate.ts';
import { tgiToken } from './tokens.ts';

/** TGI's stream: an event a token; the last one also has the text, and the details where asked for. */
export async function* tgiStreamResponses(
  { inputs, parameters }: GenerateRequest,
  events: AsyncIterable<TextGenerationEvent>,
): AsyncGenerator<object, void, undefined> {
  const hasTopTokens = (parameters.top_n_tokens ?? 0) > 0;
  let index = 0;
  let last: TokenEvent | undefined; // its event waits for the finish
  for await (const event of events) {
    if (event.type === 'token' && !event.isLast) yield streamResponse(++index, event, hasTopTokens);
    if (event.type === 'token' && event.isLast) last = event;
    if (event.type === 'finish' && last) yield streamResponse(++index, last, hasTopTokens, ending(event));
  }

  function ending(finish: Finish) {
    return {
      generated_text: (parameters.return_full_text ? inputs : '') + finish.generatedText,
      details: parameters.details ? streamDetails(finish) : null,
    };
  }
}

function streamResponse(index: number, { token, topTokens }: TokenEvent, hasTopTokens: boolean, ending?: object) {
  return {
    index,
    token: tgiToken(token),
    ...(hasTopTokens ? { top_tokens: (topTokens ?? []).map(tgiToken) } : {}),
    ...(ending ?? { generated_text: null, details: null }),
  };
}

function streamDetails(finish: Finish) {
  return {
    finish_reason: finish.reason,
    generated_tokens: finish.numGeneratedTokens,
    seed: finish.seed ?? null,
    input_length: finish.numPromptTokens,
    prompt_tokens: finish.numPromptTokens,
  };
}
