"""llama-index's OpenAILike."""

from typing import Literal

from checks import OPENAI, PROMPT, Checks, equal, run
from llama_index.core.llms import ChatMessage
from llama_index.core.tools import FunctionTool
from llama_index.llms.openai_like import OpenAILike
from pydantic import BaseModel

ASKED = {
    "model": "parlance",
    "api_base": OPENAI["base_url"],
    "api_key": OPENAI["api_key"],
    "context_window": 1024,
    "temperature": 0,
    "max_tokens": 60,
}
chat = OpenAILike(**ASKED, is_chat_model=True, is_function_calling_model=True)
completions = OpenAILike(**ASKED, is_chat_model=False)
check = Checks("llama-index-llms-openai-like")
MESSAGES = [ChatMessage(role="user", content="What is deep learning?")]


class Choice(BaseModel):
    """A choice of a unit."""

    unit: Literal["celsius", "kelvin"]


@check("chat and stream_chat give the same text")
async def chat_text():
    text = chat.chat(MESSAGES).message.content
    assert text
    *_, last = chat.stream_chat(MESSAGES)
    equal(last.message.content, text)
    equal("".join(part.delta for part in chat.stream_chat(MESSAGES)), text)
    equal((await chat.achat(MESSAGES)).message.content, text)
    equal("".join([part.delta async for part in await chat.astream_chat(MESSAGES)]), text)


@check("complete and stream_complete give the same text by completions")
def complete_text():
    text = completions.complete(PROMPT).text
    assert text
    equal("".join(part.delta for part in completions.stream_complete(PROMPT)), text)


@check("complete works by chat")
def complete_by_chat():
    equal(chat.complete("What is deep learning?").text, chat.chat(MESSAGES).message.content)


@check("chat_with_tools calls the required tool")
def tools():
    def weather(city: Literal["Paris", "Oslo"]) -> str:
        """Gives the weather of a city."""
        return city

    answer = chat.chat_with_tools([FunctionTool.from_defaults(weather)], user_msg="weather?", tool_required=True)
    (call,) = chat.get_tool_calls_from_response(answer)
    assert call.tool_name == "weather" and call.tool_kwargs["city"] in ("Paris", "Oslo"), call


@check("as_structured_llm gives the Pydantic object")
def structured():
    answer = chat.as_structured_llm(Choice).chat(MESSAGES)
    assert isinstance(answer.raw, Choice), answer


run(check)
