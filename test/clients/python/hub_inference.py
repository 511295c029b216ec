"""huggingface_hub: InferenceClient and its async twin."""

from checks import BASE, MESSAGES, PROMPT, Checks, check_usage, equal, raises, run
from huggingface_hub import AsyncInferenceClient, InferenceClient
from huggingface_hub.errors import ValidationError

client = InferenceClient(BASE, token="none")
twin = AsyncInferenceClient(BASE, token="none")
check = Checks("huggingface_hub")
PLAIN = {"prompt": PROMPT, "max_new_tokens": 20, "return_full_text": False}
GENERATE = {**PLAIN, "details": True}
CHAT = {"messages": MESSAGES, "max_tokens": 40, "temperature": 0}
TOOL = {"type": "function", "function": {"name": "pick", "parameters": {
    "type": "object", "properties": {"unit": {"enum": ["celsius", "kelvin"]}}, "required": ["unit"],
}}}  # fmt: skip


def check_events(events, whole):
    """The events of a stream hold the tokens of the whole answer, and the last one its text and details."""
    equal([event.token.id for event in events], [token.id for token in whole.details.tokens])
    last = events[-1]
    equal(last.generated_text, whole.generated_text)
    equal("".join(event.token.text for event in events if not event.token.special), whole.generated_text)
    equal(last.details.finish_reason, whole.details.finish_reason)
    equal(last.details.generated_tokens, len(events))
    assert all(event.generated_text is None for event in events[:-1])


def check_chunks(chunks, whole):
    equal("".join(chunk.choices[0].delta.content for chunk in chunks), whole.choices[0].message.content)
    equal((chunks[-1].choices[0].finish_reason, whole.choices[0].finish_reason), ("stop", "stop"))
    check_usage(whole.usage)


@check("text_generation gives details of every token")
def generate_details():
    answer = client.text_generation(**GENERATE, decoder_input_details=True)
    equal(answer.details.generated_tokens, len(answer.details.tokens))
    ended = "eos_token" if answer.details.tokens[-1].special else "length"
    equal(answer.details.finish_reason, ended)
    assert answer.generated_text and len(answer.details.prefill) > 1
    assert all(token.logprob <= 0 for token in answer.details.tokens)
    equal(client.text_generation(**PLAIN), answer.generated_text)


@check("text_generation streams the whole answer's tokens")
def generate_stream():
    check_events(list(client.text_generation(**GENERATE, stream=True)), client.text_generation(**GENERATE))
    # Without details the client hands out special tokens as text too.
    texts = client.text_generation(**PLAIN, stream=True)
    equal("".join(texts).removesuffix("<|im_end|>"), client.text_generation(**PLAIN))


@check("text_generation takes stop, seed, best_of and return_full_text")
def generate_parameters():
    whole = client.text_generation(**GENERATE)
    text, first_two = whole.generated_text, [token.text for token in whole.details.tokens[:2]]
    # TGI stops where a token ends with the stop sequence, and keeps it in the text.
    cut = client.text_generation(**GENERATE, stop=[first_two[1]])
    equal((cut.details.finish_reason, cut.generated_text), ("stop_sequence", "".join(first_two)))
    equal(client.text_generation(**{**PLAIN, "return_full_text": True}), PROMPT + text)
    sampled = {**GENERATE, "do_sample": True, "temperature": 1.2}
    texts = [client.text_generation(**sampled, seed=7).generated_text for _ in range(2)]
    equal(texts[0], texts[1])
    equal(len(client.text_generation(**sampled, best_of=2).details.best_of_sequences), 1)


@check("a parameter out of range raises ValidationError, a stream's before it starts")
def generate_refused():
    error = raises(ValidationError, lambda: client.text_generation(PROMPT, temperature=-1.0))
    assert "temperature" in str(error), error


@check("chat_completion gives the same text whole and streamed")
def chat():
    check_chunks(list(client.chat_completion(**CHAT, stream=True)), client.chat_completion(**CHAT))


@check("chat_completion calls a tool")
def chat_tool():
    choice = client.chat_completion(**CHAT, tools=[TOOL], tool_choice="required").choices[0]
    (call,) = choice.message.tool_calls
    equal((call.type, call.function.name, choice.finish_reason), ("function", "pick", "tool_calls"))


@check("the OpenAI alias client.chat.completions.create works")
def chat_alias():
    answer = client.chat.completions.create(model="parlance", messages=MESSAGES, max_tokens=40, temperature=0)
    equal(answer.choices[0].message.content, client.chat_completion(**CHAT).choices[0].message.content)


@check("async: text_generation gives the same tokens whole and streamed")
async def async_generate():
    stream = await twin.text_generation(**GENERATE, stream=True)
    check_events([event async for event in stream], await twin.text_generation(**GENERATE))


@check("async: chat_completion gives the same text whole and streamed")
async def async_chat():
    stream = await twin.chat_completion(**CHAT, stream=True)
    check_chunks([chunk async for chunk in stream], await twin.chat_completion(**CHAT))


run(check)
