"""langchain-openai and langchain-huggingface."""

from typing import Literal

from checks import BASE, OPENAI, PROMPT, Checks, equal, run
from langchain_core.messages import HumanMessage, ToolMessage
from langchain_core.tools import tool
from langchain_huggingface import ChatHuggingFace, HuggingFaceEndpoint
from langchain_openai import ChatOpenAI
from langchain_openai import OpenAI as OpenAICompletions
from pydantic import BaseModel, Field

QUESTION = "What is deep learning?"
chat = ChatOpenAI(model="parlance", temperature=0, max_tokens=200, **OPENAI)
completions = OpenAICompletions(model="parlance", temperature=0, max_tokens=20, **OPENAI)
# The endpoint sends top_k and top_p where they are not asked for, so that it samples: the seed makes it repeatable.
endpoint = HuggingFaceEndpoint(endpoint_url=BASE, huggingfacehub_api_token="none", max_new_tokens=20, seed=7)
END = "<|im_end|>"
# ChatHuggingFace takes the temperature of its endpoint (0.8) over its own.
hub_chat = ChatHuggingFace(llm=endpoint, model_id="parlance", max_tokens=200)
GREEDY = {"temperature": 0}
openai = Checks("langchain-openai")
huggingface = Checks("langchain-huggingface")


class Reading(BaseModel):
    """A reading of a thermometer."""

    unit: Literal["celsius", "kelvin"]
    degrees: int = Field(ge=0, le=99)


@tool
def weather(city: Literal["Paris", "Oslo"]) -> str:
    """Gives the weather of a city."""
    return f"{city}: 12 degrees"


@openai("chat invoke has text, metadata and usage")
def invoke():
    answer = chat.invoke(QUESTION)
    assert answer.content
    equal(answer.response_metadata["finish_reason"], "stop")
    usage = answer.usage_metadata
    equal(usage["total_tokens"], usage["input_tokens"] + usage["output_tokens"])


@openai("chat stream, astream and batch give the text of invoke")
async def stream():
    text = chat.invoke(QUESTION).content
    equal("".join(chunk.content for chunk in chat.stream(QUESTION)), text)
    equal("".join([chunk.content async for chunk in chat.astream(QUESTION)]), text)
    equal([answer.content for answer in chat.batch([QUESTION] * 4)], [text] * 4)


@openai("with_structured_output gives the Pydantic object by each method")
def structured():
    for method in ("json_schema", "function_calling"):
        answer = chat.with_structured_output(Reading, method=method).invoke(QUESTION)
        assert isinstance(answer, Reading), (method, answer)


@openai("bind_tools calls a tool and takes its result")
def tools():
    question = HumanMessage(QUESTION)
    call = chat.bind_tools([weather], tool_choice="weather").invoke([question])
    # An id of ours: drawn ones make other prompts, and a model without sense answers one in twenty with nothing.
    asked = call.tool_calls[0] = {**call.tool_calls[0], "id": "call_1"}
    assert len(call.tool_calls) == 1
    result = weather.invoke(asked)
    assert isinstance(result, ToolMessage) and "12 degrees" in result.content
    assert chat.invoke([question, call, result]).content


@openai("completions give the same text whole and streamed")
def complete():
    text = completions.invoke(PROMPT)
    assert text
    equal("".join(completions.stream(PROMPT)), text)


@huggingface("HuggingFaceEndpoint gives the same text whole and streamed")
async def endpoint_text():
    text = endpoint.invoke(PROMPT)
    assert text
    equal(await endpoint.ainvoke(PROMPT), text)
    # The client streams special tokens as text, except where they are its stop strings.
    equal("".join(endpoint.stream(PROMPT)).removesuffix(END), text)
    equal("".join([chunk async for chunk in endpoint.astream(PROMPT)]).removesuffix(END), text)


@huggingface("ChatHuggingFace gives the same text whole and streamed")
def chat_text():
    text = hub_chat.invoke(QUESTION, **GREEDY).content
    assert text
    equal("".join(chunk.content for chunk in hub_chat.stream(QUESTION, **GREEDY)), text)


@huggingface("ChatHuggingFace calls a bound tool")
def chat_tools():
    (call,) = hub_chat.bind_tools([weather], tool_choice="weather").invoke(QUESTION).tool_calls
    assert call["name"] == "weather" and call["args"]["city"] in ("Paris", "Oslo")


run(openai, huggingface)
