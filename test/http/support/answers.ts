/** What the tests read of answers; which parts are there depends on the route and on how it went. */
interface AnswerBody {
  readonly error: {
    readonly type: string;
    readonly param: string | null;
    readonly message: string;
    readonly code: string;
  } & string;
  readonly error_type: string;
  readonly model: string;
  readonly choices: readonly {
    readonly index: number;
    readonly text: string;
    readonly message: { readonly content: string };
    readonly logprobs: { readonly content: readonly object[] };
  }[];
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number };
  readonly details: { readonly best_of_sequences: readonly object[] };
  readonly templated_text: string;
  readonly tokenize_response: readonly object[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
}

export async function readAnswer(response: Response) {
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}
