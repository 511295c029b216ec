"""Calling a declared tool, and telling its result in the next turn."""

from .facts import fact
from .grammar import Wordings, decorate, plain
from .sample import Sample
from .smalltalk import small_talk
from .tool_kinds import KINDS, Kind, done
from .words import NOUNS, code, invented


def _declare(rng, kind):
    """A declaration as clients write it, and the chosen parameter names."""
    keys, properties = [], {}
    for names, type_, descriptions in kind.parameters:
        key = rng.choice([n for n in names if n not in keys])
        keys.append(key)
        properties[key] = {"type": type_}
        if rng.random() < 0.6:
            properties[key]["description"] = rng.choice(descriptions)
    if rng.random() < 0.12 and kind is KINDS[0]:
        properties[rng.choice(["unit", "units"])] = {"type": "string", "enum": ["celsius", "fahrenheit"]}
    parameters = {"type": "object", "properties": properties}
    if rng.random() < 0.85:
        parameters["required"] = list(keys)
    if rng.random() < 0.1:
        parameters["additionalProperties"] = False
    function = {"name": rng.choice(kind.names)}
    if rng.random() < 0.9:
        function["description"] = rng.choice(kind.descriptions)
    function["parameters"] = parameters
    if rng.random() < 0.05:
        function["strict"] = True
    return {"type": "function", "function": function}, keys


def _made_up(rng):
    """A tool with an invented purpose, so that names are read and not guessed."""
    verb, noun = rng.choice("get list show open close check start stop make count".split()), rng.choice(NOUNS)
    thing = invented(rng, capital=False)
    return Kind(
        [f"{verb}_{noun}", f"{verb}_{thing}"],
        [f"{verb.capitalize()} the {noun}"],
        [(["name", "value", "id", thing, noun], "string", ["What"])],
        lambda r: [r.choice([invented(r), code(r), r.choice(NOUNS)])],
        Wordings(
            [
                f"({verb.capitalize()}|Please {verb}) the {noun} {{a}}(.|)",
                f"(Can|Could) you {verb} the {noun} {{a}}?",
                f"I want to {verb} the {noun} {{a}}(.|)",
            ],
            [f"I would like you to {verb} the {noun} {{a}}."],
        ),
        done("Done: {0}."),
    )


_SYSTEMS = [
    "You are a helpful assistant.",
    "You can use tools.",
    "Use the tools when you need them.",
    "You are a helpful assistant with tools.",
]


def call_text(name, arguments):
    """A call as the chat template writes it."""
    return {"type": "function", "function": {"name": name, "arguments": arguments}}


def _offer(rng, kinds):
    """Declarations of the kinds, no name twice: [(kind, declaration, parameter names)]."""
    offered, names = [], set()
    for kind in kinds:
        declaration, keys = _declare(rng, kind)
        if declaration["function"]["name"] not in names:
            names.add(declaration["function"]["name"])
            offered.append((kind, declaration, keys))
    return offered


def tool_use(rng, held=False):
    """Questions that need a tool; in training often several, each with its result and the reply."""
    chosen = (
        rng.choice(KINDS[:3]) if rng.random() < 0.5 else (rng.choice(KINDS) if rng.random() < 0.8 else _made_up(rng))
    )
    others = [k for k in rng.sample(KINDS, rng.choice([0, 0, 1, 1, 2])) if k is not chosen]
    offered = _offer(rng, [chosen] + others)
    tools = [declaration for _, declaration, _ in offered]
    rng.shuffle(tools)
    messages = [{"role": "system", "content": rng.choice(_SYSTEMS)}] if rng.random() < 0.4 else []
    turns = 1 if held else rng.choice([1, 2, 3, 4])
    check = {}
    for number in range(turns):
        if not held and rng.random() < 0.12:
            messages += (small_talk if rng.random() < 0.5 else fact)(rng).messages
            continue
        kind, declaration, keys = offered[0] if number == 0 else rng.choice(offered)
        args = kind.values(rng)
        question = kind.asks.say(rng, held, **dict(zip("abc", args)))
        name, arguments = declaration["function"]["name"], dict(zip(keys, args))
        messages.append({"role": "user", "content": question if held else decorate(rng, question)})
        messages.append({"role": "assistant", "content": "", "tool_calls": [call_text(name, arguments)]})
        check = {"type": "tool_call", "name": name, "arguments": arguments}
        if number == turns - 1 and rng.random() < (0.7 if held else 0.25):
            break
        result, reply = kind.results(rng, args)
        reply = reply[0].upper() + reply[1:]
        messages += [{"role": "tool", "content": result}, {"role": "assistant", "content": reply}]
        check = {"type": "contains", "any": [plain(reply)]}
    return Sample("tools", messages, tools, check)
