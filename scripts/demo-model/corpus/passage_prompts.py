"""Prompts that hold passages and a question, as people and libraries write them; "@" stands for the question."""

from .grammar import Wordings, expand, mark

ASK_PLAIN = Wordings(
    [
        "{passage}\n\n@",
        "@\n\n{passage}",
        "(Passage|Text|Article|Context): {passage}\n\n(Question: |)@",
        "(Read|Use) this (text|passage)(| and answer)(:|.)\n{passage}\n\n@",
        "(Passage|Text|Context):\n{passage}\nQuestion: @\nAnswer:",
        "{passage} @",
        "Here is a text: {passage}\n@",
    ]
)
ASK_RAG = Wordings(
    [
        "(Answer|Please answer) the question (from|with|using) the context below(|, in (two|three) sentences at most|, briefly).(| Say so if you (do not|don't) know.)\nQuestion: @\nContext: {passage}\nAnswer:",
        "(Use|Take) the (context|passages|following context|text below|pieces of context that follow) to answer(| the question).(| If (you do not know|it is not there), say (so|that you do not know).)(| Be (brief|concise).)(\n|\n\n)Question: @ \nContext: {passage} \nAnswer:",
        "You are an assistant (for|that answers) questions.( Use the retrieved context.|)( Use three sentences at most and be concise.|)\nQuestion: @ \nContext: {passage} \nAnswer:",
        "Context: {passage}\n\nQuestion: @\nAnswer:",
        "Context information is below.\n---------------------\n{passage}\n---------------------\n(Given the context|From this context|With this information), answer the (question|query).\nQuery: @\nAnswer:",
        "Question: @\nContext: {passage}\nAnswer:",
    ]
)
ASK_CITED = Wordings(
    [
        "{passage}\n\n@",
        "@\n\n{passage}",
        "@ (Cite|Give|Name) the (source|number)(|.)\n{passage}",
        "(Sources|Passages|Texts):\n{passage}\n\nQuestion: @",
        "(Answer|Please answer) from the sources and (cite them|cite the number|give the number).\n{passage}\n\n(Question|Query): @\nAnswer:",
    ]
)
# Questions for a number: "@" stands for a question, "#" for a sentence of a source, "%" for what only one source tells.
WHICH_SOURCE = [
    "(Which|What) source (tells|says|knows|answers)(| this|:) @",
    "@ (Which|What) source (says so|tells it|has the answer)?",
    "(Only the number of the source|Number only|Just the number): @",
    "(Where|In which source) (is it written|does it say|do I read): #",
    "(Which|What) source (has|holds|contains) this sentence? #",
]
NAMED_IN = [
    "(Which|What) source (names|mentions|has) %?",
    "(Where|In which source) is % (named|mentioned)?",
    "%?",
]
BEHIND_EACH = [
    "Numbers: %",
    "(Which|What) sources (have|name) these(:|?) %",
    "Write the number of its source behind each(:|.) %",
]
EXAMPLES = [
    (
        "The sky is red in the evening and blue in the morning.",
        "Water is wet when the sky is red.",
        "When is water wet?",
        "Water will be wet when the sky is red [2], which occurs in the evening [1].",
    ),
    (
        "The bakery opens at eight.",
        "The bread is fresh when the bakery opens.",
        "When is the bread fresh?",
        "The bread is fresh when the bakery opens [2], at eight [1].",
    ),
    (
        "Anna has the key.",
        "The door opens with the key.",
        "Who can open the door?",
        "Anna can open the door, because she has the key [1] and the door opens with it [2].",
    ),
]
INDEX_BEFORE = [
    "(Please |)(Give|Write|provide) an answer (from|based on|based solely on) the (sources|provided sources|numbered sources)(| alone| only).( When (referencing|you use) information from a source, cite (it|the source) by (its|their) number(|s).| Cite the number(|s) of the source(|s).)( Every answer should (include|have) at least one (citation|source citation).|)( Only cite a source (when you use it|that you use).|)( If no source helps, say so.|)",
]


def numbered(rng, chunks, numbers=None):
    """The chunks, each behind its number (from 1 on, where none are given), in one of several styles."""
    style = rng.choice(["[{}] {}", "[{}] {}", "{}. {}", "Source {}: {}", "Source {}:\n{}", "({}) {}"])
    return rng.choice(["\n", "\n\n"]).join(style.format(number, chunk) for number, chunk in zip(numbers or range(1, 1 + len(chunks)), chunks))


def index_prompt(rng, chunks):
    """The prompt of a citation engine: rules, often a worked example, sources between lines, the query."""
    parts = [expand(rng, rng.choice(INDEX_BEFORE))]
    if rng.random() < 0.6:
        one, two, query, answer = rng.choice(EXAMPLES)
        parts.append(
            f"For example:\nSource 1:\n{one}\nSource 2:\n{two}\nQuery: {query}\nAnswer: {answer}\nNow it's your turn."
        )
    sources = "\n\n".join(f"Source {i + 1}:\n{chunk}\n" for i, chunk in enumerate(chunks))
    intro = rng.choice(
        ["Below are several numbered sources of information:", "Here are the numbered sources:", "The sources:"]
    )
    return "\n".join(parts) + f" {intro}\n------\n{mark(sources)}\n------\nQuery: @\nAnswer: "
