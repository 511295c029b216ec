"""LiteLLM, by its OpenAI-compatible and its Hugging Face (TGI) providers."""

import litellm
from checks import BASE, MESSAGES, OPENAI, PROMPT, Checks, check_usage, equal, raises, run
from pydantic import BaseModel, Field

litellm.suppress_debug_info = True
check = Checks("litellm")
SERVER = {"model": "openai/parlance", "api_base": OPENAI["base_url"], "api_key": OPENAI["api_key"]}
ASKED = {**SERVER, "messages": MESSAGES, "temperature": 0, "max_tokens": 100}


class Reading(BaseModel):
    city: str = Field(max_length=10)
    degrees: int = Field(ge=0, le=99)


def joined(chunks):
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


@check("completion gives the same text whole and streamed")
def chat():
    whole = litellm.completion(**ASKED)
    equal(whole.choices[0].finish_reason, "stop")
    check_usage(whole.usage)
    chunks = list(litellm.completion(**ASKED, stream=True, stream_options={"include_usage": True}))
    equal(joined(chunks), whole.choices[0].message.content)
    equal(chunks[-1].usage.completion_tokens, whole.usage.completion_tokens)
    rebuilt = litellm.stream_chunk_builder(chunks, messages=MESSAGES)
    equal(rebuilt.choices[0].message.content, whole.choices[0].message.content)


@check("acompletion gives the same text whole and streamed")
async def async_chat():
    whole = await litellm.acompletion(**ASKED)
    stream = await litellm.acompletion(**ASKED, stream=True)
    equal(joined([chunk async for chunk in stream]), whole.choices[0].message.content)


@check("a Pydantic response format gives JSON that parses")
def structured():
    Reading.model_validate_json(litellm.completion(**ASKED, response_format=Reading).choices[0].message.content)


@check("a required tool is called, whole and streamed")
def tools():
    tool = {"type": "function", "function": {"name": "read", "parameters": Reading.model_json_schema()}}
    asked = {**ASKED, "tools": [tool], "tool_choice": "required", "parallel_tool_calls": False}
    (call,) = litellm.completion(**asked).choices[0].message.tool_calls
    Reading.model_validate_json(call.function.arguments)
    rebuilt = litellm.stream_chunk_builder(list(litellm.completion(**asked, stream=True)))
    equal(rebuilt.choices[0].message.tool_calls[0].function.arguments, call.function.arguments)


@check("text_completion gives the same text whole and streamed")
def completions():
    asked = {**SERVER, "model": "text-completion-openai/parlance", "prompt": PROMPT, "temperature": 0, "max_tokens": 20}
    text = litellm.text_completion(**asked).choices[0].text
    assert text
    equal("".join(chunk.choices[0].text or "" for chunk in litellm.text_completion(**asked, stream=True)), text)


@check("the huggingface provider chats with an endpoint's URL")
def huggingface():
    asked = {**ASKED, "model": "huggingface/parlance", "api_base": BASE}
    text = litellm.completion(**asked).choices[0].message.content
    equal(text, litellm.completion(**ASKED).choices[0].message.content)
    equal(joined(litellm.completion(**asked, stream=True)), text)


@check("a field out of range raises BadRequestError, which names it")
def refused():
    error = raises(litellm.BadRequestError, lambda: litellm.completion(**{**ASKED, "temperature": -1}))
    assert "temperature" in str(error), error


run(check)
