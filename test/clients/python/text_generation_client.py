"""text-generation: TGI's own Python client and its async twin.
Its streamed chat is left out: both clients want `tool_calls` in every delta, where TGI 3 itself has none."""

from checks import BASE, MESSAGES, PROMPT, Checks, equal, raises, run
from text_generation import AsyncClient, Client
from text_generation.errors import ValidationError

client = Client(BASE, timeout=60)
twin = AsyncClient(BASE, timeout=60)
check = Checks("text-generation")
CHAT = {"messages": MESSAGES, "max_tokens": 40, "temperature": 0.0}


def check_responses(responses, whole):
    equal([response.token.id for response in responses], [token.id for token in whole.details.tokens])
    equal(responses[-1].generated_text, whole.generated_text)
    equal(responses[-1].details.generated_tokens, whole.details.generated_tokens)


@check("generate gives text and details")
def generate():
    answer = client.generate(PROMPT, max_new_tokens=20, decoder_input_details=True, top_n_tokens=2)
    assert answer.generated_text and len(answer.details.prefill) > 1
    equal(answer.details.generated_tokens, len(answer.details.tokens))
    equal([len(tops) for tops in answer.details.top_tokens], [2] * len(answer.details.tokens))


@check("generate_stream gives the tokens of generate")
def generate_stream():
    check_responses(list(client.generate_stream(PROMPT, max_new_tokens=20)), client.generate(PROMPT, max_new_tokens=20))


@check("generate samples the same text again by its seed")
def generate_seed():
    asked = {"do_sample": True, "seed": 3, "temperature": 1.3, "top_k": 20, "max_new_tokens": 20}
    first = client.generate(PROMPT, **asked)
    equal((first.details.seed, first.generated_text), (3, client.generate(PROMPT, **asked).generated_text))


@check("a prompt that is too long raises ValidationError")
def refused():
    raises(ValidationError, lambda: client.generate("word " * 4000, max_new_tokens=1))


@check("chat gives text")
def chat():
    answer = client.chat(**CHAT)
    assert answer.choices[0].message.content
    equal(answer.choices[0].finish_reason, "stop")


@check("async: generate gives the same tokens whole and streamed")
async def async_generate():
    responses = [response async for response in twin.generate_stream(PROMPT, max_new_tokens=20)]
    check_responses(responses, await twin.generate(PROMPT, max_new_tokens=20))


run(check)
