"""openai-python: chat and completions, whole and streamed, and models."""

from checks import MESSAGES, OPENAI, PROMPT, Checks, check_usage, equal, run
from openai import OpenAI

client = OpenAI(**OPENAI)
check = Checks("openai")
ASKED = {"model": "parlance", "messages": MESSAGES, "temperature": 0, "max_tokens": 40}


@check("chat answers with an id, the model, a reason and a usage that adds up")
def chat():
    answer = client.chat.completions.create(**ASKED)
    assert answer.id.startswith("chatcmpl-")
    equal((answer.object, answer.model, answer.choices[0].finish_reason), ("chat.completion", "parlance", "stop"))
    assert answer.choices[0].message.content
    check_usage(answer.usage)


@check("streamed chat prints the whole answer's text, one id, the role once, the reason last")
def chat_stream():
    whole = client.chat.completions.create(**ASKED)
    chunks = list(client.chat.completions.create(**ASKED, stream=True))
    choices = [chunk.choices[0] for chunk in chunks]
    equal("".join(choice.delta.content for choice in choices), whole.choices[0].message.content)
    equal(len({chunk.id for chunk in chunks}), 1)
    equal([choice.delta.role for choice in choices if choice.delta.role], ["assistant"])
    equal([choice.finish_reason for choice in choices], [None] * (len(choices) - 1) + ["stop"])
    assert all(chunk.usage is None for chunk in chunks)


@check("include_usage closes a stream with the usage of the whole answer")
def chat_stream_usage():
    whole = client.chat.completions.create(**ASKED)
    *chunks, last = client.chat.completions.create(**ASKED, stream=True, stream_options={"include_usage": True})
    equal(last.choices, [])
    check_usage(last.usage)
    equal(last.usage.completion_tokens, whole.usage.completion_tokens)
    assert chunks and all(chunk.choices for chunk in chunks)


@check("max_completion_tokens ends with length after as many tokens")
def chat_length():
    answer = client.chat.completions.create(model="parlance", messages=MESSAGES, temperature=0, max_completion_tokens=3)
    equal((answer.choices[0].finish_reason, answer.usage.completion_tokens), ("length", 3))


@check("stop cuts the text before the stop string, whole and streamed")
def chat_stop():
    text = client.chat.completions.create(**ASKED).choices[0].message.content
    stop = text[4:7]
    cut = client.chat.completions.create(**ASKED, stop=stop).choices[0]
    equal((cut.message.content, cut.finish_reason), (text[: text.index(stop)], "stop"))
    stream = client.chat.completions.create(**ASKED, stop=[stop], stream=True)
    equal("".join(chunk.choices[0].delta.content for chunk in stream), cut.message.content)


@check("logprobs spell the text with their alternatives")
def chat_logprobs():
    choice = client.chat.completions.create(**ASKED, logprobs=True, top_logprobs=2).choices[0]
    entries = choice.logprobs.content
    spelt = b"".join(bytes(entry.bytes) for entry in entries).decode()
    assert spelt.startswith(choice.message.content), spelt
    assert all(len(entry.top_logprobs) == 2 and entry.logprob <= 0 for entry in entries)
    assert all(entry.top_logprobs[0].logprob >= entry.top_logprobs[1].logprob for entry in entries)


@check("n gives choices by index, and a seed gives them again")
def chat_choices():
    def texts():
        answer = client.chat.completions.create(model="parlance", messages=MESSAGES, n=2, seed=2**53 + 1, max_tokens=20)
        equal([choice.index for choice in answer.choices], [0, 1])
        check_usage(answer.usage)
        return [choice.message.content for choice in answer.choices]

    equal(texts(), texts())


@check("completions give the same text whole and streamed")
def completions():
    asked = {"model": "parlance", "prompt": PROMPT, "temperature": 0, "max_tokens": 20}
    whole = client.completions.create(**asked)
    assert whole.id.startswith("cmpl-") and whole.choices[0].text
    reason = whole.choices[0].finish_reason
    equal(reason, "length" if whole.usage.completion_tokens == 20 else "stop")
    equal(whole.object, "text_completion")
    check_usage(whole.usage)
    chunks = list(client.completions.create(**asked, stream=True))
    equal("".join(chunk.choices[0].text for chunk in chunks), whole.choices[0].text)
    equal(chunks[-1].choices[0].finish_reason, reason)
    echoed = client.completions.create(**asked, echo=True)
    equal(echoed.choices[0].text, PROMPT + whole.choices[0].text)


@check("a list of prompts gives the text of each, as if asked alone")
def completions_list():
    asked = {"model": "parlance", "temperature": 0, "max_tokens": 20}
    prompts = [PROMPT, "The capital of France is"]
    together = client.completions.create(**asked, prompt=prompts)
    equal([choice.index for choice in together.choices], [0, 1])
    alone = [client.completions.create(**asked, prompt=prompt).choices[0].text for prompt in prompts]
    equal([choice.text for choice in together.choices], alone)


@check("models lists the served model and retrieves it")
def models():
    (model,) = client.models.list().data
    equal(model.object, "model")
    equal(client.models.retrieve(model.id).id, model.id)


run(check)
