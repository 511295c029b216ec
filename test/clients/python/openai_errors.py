"""openai-python: each refusal raises the class that a program catches."""

import httpx
import openai
from checks import MESSAGES, OPENAI, Checks, equal, raises, run

client = openai.OpenAI(**OPENAI, max_retries=0)
check = Checks("openai")


def create(**fields):
    return client.chat.completions.create(**{"model": "parlance", "messages": MESSAGES, **fields})


@check("a field out of range raises UnprocessableEntityError that names it")
def out_of_range():
    for stream in (False, True):
        error = raises(openai.UnprocessableEntityError, lambda: create(temperature=-1, stream=stream))
        equal(error.status_code, 422)
        assert "temperature" in error.message and error.type, error.message


@check("a prompt that is too long raises UnprocessableEntityError before the stream")
def too_long():
    long = [{"role": "user", "content": "word " * 4000}]
    error = raises(openai.UnprocessableEntityError, lambda: create(messages=long, stream=True))
    assert "tokens" in error.message, error.message


@check("a response format that cannot be raises UnprocessableEntityError that says why")
def bad_schema():
    schema = {"type": "object", "properties": {"a": {"not": {}}}}
    shape = {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}
    error = raises(openai.UnprocessableEntityError, lambda: create(response_format=shape))
    assert '"not" is not supported' in error.message, error.message


@check("a body that is not JSON raises a 4xx status error")
def not_json():
    error = raises(openai.APIStatusError, lambda: client.post("/chat/completions", content=b"{", cast_to=httpx.Response))
    assert 400 <= error.status_code < 500, error.status_code


@check("an unknown model or path raises NotFoundError")
def not_found():
    raises(openai.NotFoundError, lambda: client.models.retrieve("no-such-model"))
    raises(openai.NotFoundError, lambda: client.embeddings.create(model="parlance", input="a"))


run(check)
