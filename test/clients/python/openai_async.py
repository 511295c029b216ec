"""openai-python's async twin: what an application server does, many at once."""

import asyncio

import openai
from checks import MESSAGES, OPENAI, PROMPT, Checks, check_usage, equal, run
from pydantic import BaseModel, Field

client = openai.AsyncOpenAI(**OPENAI)
check = Checks("openai")
ASKED = {"model": "parlance", "messages": MESSAGES, "temperature": 0, "max_tokens": 40}


class Answer(BaseModel):
    yes: bool
    digits: list[int] = Field(max_length=3)


async def streamed():
    stream = await client.chat.completions.create(**ASKED, stream=True)
    return "".join([chunk.choices[0].delta.content async for chunk in stream])


@check("async: streamed chat prints the whole answer's text")
async def chat():
    whole = await client.chat.completions.create(**ASKED)
    check_usage(whole.usage)
    equal(await streamed(), whole.choices[0].message.content)


@check("async: sixteen streams at once give the text of one alone")
async def many():
    alone = await streamed()
    equal(await asyncio.gather(*(streamed() for _ in range(16))), [alone] * 16)


@check("async: completions give the same text whole and streamed")
async def completions():
    asked = {"model": "parlance", "prompt": PROMPT, "temperature": 0, "max_tokens": 20}
    whole = await client.completions.create(**asked)
    stream = await client.completions.create(**asked, stream=True)
    equal("".join([chunk.choices[0].text async for chunk in stream]), whole.choices[0].text)


@check("async: parse() and the stream helper give the same Pydantic object")
async def parse():
    whole = await client.chat.completions.parse(**{**ASKED, "max_tokens": 200}, response_format=Answer)
    async with client.chat.completions.stream(**{**ASKED, "max_tokens": 200}, response_format=Answer) as stream:
        final = await stream.get_final_completion()
    assert isinstance(whole.choices[0].message.parsed, Answer)
    equal(final.choices[0].message.parsed, whole.choices[0].message.parsed)


@check("async: a field out of range raises UnprocessableEntityError")
async def refused():
    try:
        await client.chat.completions.create(**{**ASKED, "top_p": 3})
    except openai.UnprocessableEntityError as error:
        assert "top_p" in error.message, error.message
        return
    raise AssertionError("no UnprocessableEntityError")


@check("async: models lists the served model")
async def models():
    equal(len([model async for model in client.models.list()]), 1)


run(check)
