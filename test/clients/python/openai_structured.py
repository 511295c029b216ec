"""openai-python: structured output by Pydantic, the stream helper, tools."""

import json
from enum import Enum

import openai
from checks import MESSAGES, OPENAI, Checks, check_usage, equal, run
from pydantic import BaseModel, Field

client = openai.OpenAI(**OPENAI)
check = Checks("openai")


class Unit(str, Enum):
    CELSIUS = "celsius"
    KELVIN = "kelvin"


class Weather(BaseModel):
    """Gives the weather."""

    city: str = Field(max_length=12)
    unit: Unit
    days: int = Field(ge=1, le=9)


ASKED = {"model": "parlance", "messages": MESSAGES, "temperature": 0, "max_tokens": 200}
TOOL = openai.pydantic_function_tool(Weather)
NAMED = {"type": "function", "function": {"name": "Weather"}}


@check("parse() gives the Pydantic object")
def parse():
    answer = client.chat.completions.parse(**ASKED, response_format=Weather)
    message = answer.choices[0].message
    equal(answer.choices[0].finish_reason, "stop")
    equal(message.parsed, Weather.model_validate_json(message.content))


@check("parse() raises LengthFinishReasonError where the answer is cut")
def parse_cut():
    try:
        client.chat.completions.parse(**{**ASKED, "max_tokens": 2}, response_format=Weather)
    except openai.LengthFinishReasonError as error:
        check_usage(error.completion.usage)
        return
    raise AssertionError("no LengthFinishReasonError")


@check("the stream helper's deltas add up to its final text")
def stream_helper():
    with client.chat.completions.stream(**ASKED) as stream:
        events = list(stream)
        final = stream.get_final_completion()
    whole = client.chat.completions.create(**ASKED)
    equal("".join(event.delta for event in events if event.type == "content.delta"), whole.choices[0].message.content)
    equal(final.choices[0].message.content, whole.choices[0].message.content)
    equal([event.type for event in events].count("content.done"), 1)


@check("the stream helper parses a response format as parse() does")
def stream_parse():
    with client.chat.completions.stream(**ASKED, response_format=Weather) as stream:
        final = stream.get_final_completion()
    whole = client.chat.completions.parse(**ASKED, response_format=Weather)
    equal(final.choices[0].message.parsed, whole.choices[0].message.parsed)
    assert isinstance(final.choices[0].message.parsed, Weather)


@check("json_object gives an object")
def json_object():
    answer = client.chat.completions.create(**ASKED, response_format={"type": "json_object"}).choices[0]
    if answer.finish_reason == "stop":
        assert isinstance(json.loads(answer.message.content), dict)
    else:
        assert answer.message.content.startswith("{")


@check("a named tool is called with arguments that Pydantic parses")
def tool_named():
    choice = client.chat.completions.parse(**ASKED, tools=[TOOL], tool_choice=NAMED).choices[0]
    (call,) = choice.message.tool_calls
    equal((call.type, call.function.name), ("function", "Weather"))
    assert call.id and isinstance(call.function.parsed_arguments, Weather)


@check("streamed argument deltas add up to the whole call's arguments")
def tool_stream():
    asked = {**ASKED, "tools": [TOOL], "tool_choice": "required", "parallel_tool_calls": False}
    (whole,) = client.chat.completions.create(**asked).choices[0].message.tool_calls
    with client.chat.completions.stream(**asked) as stream:
        deltas = [event for event in stream if event.type == "tool_calls.function.arguments.delta"]
        final = stream.get_final_completion().choices[0]
    equal("".join(event.arguments_delta for event in deltas), whole.function.arguments)
    assert len(deltas) > 1, "the arguments came at once"
    equal(final.finish_reason, "tool_calls")
    assert isinstance(final.message.tool_calls[0].function.parsed_arguments, Weather)


@check("none calls no tool")
def tool_none():
    choice = client.chat.completions.create(**ASKED, tools=[TOOL], tool_choice="none").choices[0]
    assert not choice.message.tool_calls and choice.message.content


@check("the result of a call is taken in the next turn")
def tool_result():
    asked = {**ASKED, "tools": [TOOL]}
    message = client.chat.completions.create(**asked, tool_choice=NAMED).choices[0].message
    result = {"role": "tool", "tool_call_id": message.tool_calls[0].id, "content": "12 degrees"}
    answer = client.chat.completions.create(**{**asked, "messages": [*MESSAGES, message, result]}, tool_choice="none")
    assert answer.choices[0].message.content
    check_usage(answer.usage)


run(check)
