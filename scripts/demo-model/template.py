"""The chat template, and the same rendering in Python with the spans that are learned."""

import json

END_OF_TEXT, TURN_START, TURN_END = "<|endoftext|>", "<|im_start|>", "<|im_end|>"
TOOL_MARKS = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<tools>", "</tools>"]

CHAT_TEMPLATE = r"""{%- if tools %}
    {{- '<|im_start|>system\n' }}
    {%- if messages[0].role == 'system' %}
        {{- messages[0].content + '\n\n' }}
    {%- endif %}
    {{- '<tools>' }}
    {%- for tool in tools %}
        {{- '\n' }}
        {{- tool | tojson }}
    {%- endfor %}
    {{- '\n</tools>\nTo use a tool, answer with <tool_call>\n{"name": ..., "arguments": {...}}\n</tool_call><|im_end|>\n' }}
{%- elif messages[0].role == 'system' %}
    {{- '<|im_start|>system\n' + messages[0].content + '<|im_end|>\n' }}
{%- endif %}
{%- for message in messages %}
    {%- if message.role == 'user' or (message.role == 'system' and not loop.first) %}
        {{- '<|im_start|>' + message.role + '\n' + message.content + '<|im_end|>\n' }}
    {%- elif message.role == 'assistant' %}
        {{- '<|im_start|>assistant\n' }}
        {%- if message.content %}
            {{- message.content }}
        {%- endif %}
        {%- if message.tool_calls %}
            {%- for call in message.tool_calls %}
                {%- if not loop.first or message.content %}
                    {{- '\n' }}
                {%- endif %}
                {%- if call.function %}
                    {%- set call = call.function %}
                {%- endif %}
                {{- '<tool_call>\n{"name": "' + call.name + '", "arguments": ' }}
                {%- if call.arguments is string %}
                    {{- call.arguments }}
                {%- else %}
                    {{- call.arguments | tojson }}
                {%- endif %}
                {{- '}\n</tool_call>' }}
            {%- endfor %}
        {%- endif %}
        {{- '<|im_end|>\n' }}
    {%- elif message.role == 'tool' %}
        {{- '<|im_start|>user\n<tool_response>\n' + message.content + '\n</tool_response><|im_end|>\n' }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt %}
    {{- '<|im_start|>assistant\n' }}
{%- endif %}"""


def spans(sample):
    """(text, is learned) pieces of a sample; the texts joined are what the template gives."""
    if sample.raw:
        return [(sample.messages[0]["content"] + END_OF_TEXT, True)]
    pieces, messages = [], sample.messages
    head = messages[0]["content"] if messages[0]["role"] == "system" else None
    if sample.tools:
        listed = "".join("\n" + json.dumps(tool, ensure_ascii=False) for tool in sample.tools)
        start = f"{head}\n\n" if head else ""
        pieces.append(
            (
                f"{TURN_START}system\n{start}<tools>{listed}\n</tools>\nTo use a tool, answer with <tool_call>\n"
                f'{{"name": ..., "arguments": {{...}}}}\n</tool_call>{TURN_END}\n',
                False,
            )
        )
    elif head is not None:
        pieces.append((f"{TURN_START}system\n{head}{TURN_END}\n", False))
    for message in messages[1 if head is not None else 0 :]:
        role, content = message["role"], message["content"]
        if role == "tool":
            pieces.append((f"{TURN_START}user\n<tool_response>\n{content}\n</tool_response>{TURN_END}\n", False))
        elif role == "assistant":
            pieces.append((f"{TURN_START}assistant\n", False))
            for call in message.get("tool_calls", []):
                arguments = call["function"]["arguments"]
                arguments = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
                content += (
                    f'<tool_call>\n{{"name": "{call["function"]["name"]}", "arguments": {arguments}}}\n</tool_call>'
                )
            pieces += [(content + TURN_END, True), ("\n", False)]
        else:
            pieces.append((f"{TURN_START}{role}\n{content}{TURN_END}\n", False))
    return pieces


def prompt(sample):
    """The text up to the last answer, as a server renders it with the generation prompt."""
    pieces = spans(sample)
    return "".join(text for text, _ in pieces[:-2])
