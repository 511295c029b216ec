"""Frames around a noun phrase: the same ways to ask stand before what the model knows and what it does not."""

from .grammar import expand

_FRAMES = [
    "(What is|What's|Which one is) {np}?",
    "(What about|How about|And what is) {np}?",
    "(Tell me|Tell us|Say|Give me|Let me know|Remind me of|Show me|Name) {np}(.|, please.|)",
    "(Can|Will|Would) you tell me {np}?",
    "(Can|Could|Would) you (say|name|give me|find|look up) {np}?",
    "(Do you know|Have you any idea of|Can you remember|Have you heard of) {np}?",
    "I (need|want|am looking for|forgot|have forgotten|cannot remember|should know|am trying to remember|have to find) {np}.",
    "(I wonder|I want to know|I have to know|I am asking|It would help to know) what {np} is.",
    "(Do you know|Can you say|Tell me|Say) what {np} is(.|?)",
    "{np}?",
    "{np}",
    "{np}, please(.|!)",
    "My (friend|boss|teacher|sister|son|neighbour) (wants to know|asks for|is looking for|asks me for) {np}.",
    "(Somebody|Someone|A child) asked me for {np}.",
    "(The question is|My homework|Next one|For my notes|Riddle): {np}(?|.|)",
    "(Help me|I need help|Can you help me) with {np}(.|?)",
    "(Find|Look up|Write|Type|Write down) {np}(.|, please.)",
    "Who knows {np}?",
    "(We were talking about|This is about|I am reading about|Let us talk about) {np}. (What is it?|Tell me.|Do you know it?)",
    "(Is it possible to tell me|Would you mind telling me|Are you able to say) {np}?",
]


def framed(rng, phrase):
    """The phrase in one of the frames."""
    text = expand(rng, rng.choice(_FRAMES)).replace("{np}", phrase)
    return text[0].upper() + text[1:] if rng.random() < 0.5 else text
