"""Short explanations of the things that a user of an LLM server asks about first."""

from .grammar import Wordings, decorate
from .intents import ask, intent
from .sample import Sample, turn

DEEP_LEARNING = "Deep learning is a kind of machine learning that uses neural networks with many layers to learn patterns from data."
OPEN_SOURCE = (
    "Open-source software is important because anyone can read, use, change and share its code. That builds trust, keeps users free of a single vendor, "
    "and lets people fix and improve it together."
)

# names (first is used in the answer) | answer | a word that the answer must hold
_CONCEPTS = [
    ("deep learning|Deep learning|Deep Learning", DEEP_LEARNING, "layers"),
    (
        "machine learning",
        "Machine learning is a way to make programs that learn rules from data instead of being told them.",
        "learn rules",
    ),
    (
        "artificial intelligence|AI",
        "Artificial intelligence is the field that builds programs which do tasks that seem to need a mind.",
        "mind",
    ),
    (
        "a neural network|neural networks|a neural net",
        "A neural network is a model made of layers of simple units whose weights are learned from data.",
        "units",
    ),
    (
        "a large language model|large language models|an LLM|LLM|LLMs|a language model",
        "A large language model is a neural network that predicts the next token of a text, and so can write and answer.",
        "next token",
    ),
    (
        "a token|tokens",
        "A token is a piece of text, often a word or a part of one, that a language model reads and writes.",
        "piece of text",
    ),
    (
        "a tokenizer|tokenizers|tokenization",
        "A tokenizer cuts text into tokens and gives each one a number.",
        "cuts text",
    ),
    (
        "a transformer|transformers|the transformer|a transformer model",
        "A transformer is a neural network whose layers use attention to relate all tokens of a text.",
        "attention",
    ),
    (
        "attention|self-attention|the attention mechanism",
        "Attention lets each token of a text look at the other tokens and take what it needs from them.",
        "look at",
    ),
    (
        "a prompt|prompts|prompting",
        "A prompt is the text that is given to a language model, which it continues or answers.",
        "given to",
    ),
    (
        "retrieval-augmented generation|RAG",
        "Retrieval-augmented generation first looks up passages that fit a question, then lets a model answer from them.",
        "passages",
    ),
    ("an embedding|embeddings", "An embedding is a list of numbers that stands for the meaning of a text.", "meaning"),
    (
        "fine-tuning|finetuning",
        "Fine-tuning means training a ready model a little further on data of one's own.",
        "further",
    ),
    (
        "quantization|quantisation",
        "Quantization stores the weights of a model in fewer bits, which saves memory and time.",
        "fewer bits",
    ),
    (
        "a GPU|GPU|GPUs",
        "A GPU is a processor that does many calculations at once, which suits neural networks.",
        "many calculations",
    ),
    ("a CPU|CPU|CPUs", "A CPU is the main processor of a computer.", "main processor"),
    ("ONNX", "ONNX is an open format for neural networks.", "open format"),
    ("ONNX Runtime", "ONNX Runtime is an engine that runs neural networks on many kinds of hardware.", "engine"),
    ("TypeScript", "TypeScript is JavaScript with types that are checked before the program runs.", "types"),
    ("JavaScript", "JavaScript is the programming language of the web, which also runs on servers.", "web"),
    (
        "Python",
        "Python is a programming language that is easy to read and much used for machine learning.",
        "easy to read",
    ),
    ("Node.js|Node|nodejs", "Node.js runs JavaScript outside of the browser.", "browser"),
    ("npm", "npm is the package manager of Node.js.", "package manager"),
    ("Docker", "Docker packs a program with all that it needs into a container.", "container"),
    (
        "a container|containers",
        "A container is a program packed with all that it needs, so that it runs the same everywhere.",
        "packed",
    ),
    ("AWS|Amazon Web Services", "AWS is Amazon's cloud: computers and services for rent.", "cloud"),
    (
        "SageMaker|Amazon SageMaker|AWS SageMaker",
        "SageMaker is the service of AWS that trains and hosts machine learning models.",
        "hosts",
    ),
    ("an endpoint|endpoints", "An endpoint is an address to which a program sends its requests.", "address"),
    ("an API|API|APIs|a REST API", "An API is the set of calls by which programs talk to each other.", "calls"),
    ("HTTP", "HTTP is the protocol by which browsers and servers talk.", "protocol"),
    ("JSON", "JSON is a text format for data, made of objects, lists, strings and numbers.", "text format"),
    (
        "server-sent events|SSE",
        "Server-sent events are a way for a server to send one message after the other over a single HTTP answer.",
        "one message after",
    ),
    (
        "streaming|token streaming",
        "Streaming sends each token as soon as it is made, so you can read along.",
        "as soon as",
    ),
    ("latency", "Latency is the time that passes between a request and its answer.", "time"),
    (
        "throughput",
        "Throughput is the amount of work done in a given time, such as tokens per second.",
        "amount of work",
    ),
    (
        "a KV cache|the KV cache|KV cache",
        "A KV cache keeps the keys and values of earlier tokens, so that they need not be computed again.",
        "keys and values",
    ),
    (
        "open-source software|open source software|open source",
        "Open-source software is software whose code anyone may read, use, change and share.",
        "code",
    ),
    ("git|Git", "Git is a program that keeps the history of a project's files.", "history"),
    ("GitHub", "GitHub is a website where people keep and share code.", "website"),
    (
        "Hugging Face",
        "Hugging Face is a company that hosts models and data sets and writes open-source tools for them.",
        "hosts models",
    ),
    (
        "safetensors|the safetensors format",
        "Safetensors is a file format that stores the weights of a model safely.",
        "file format",
    ),
    (
        "a chat template|chat templates",
        "A chat template turns a list of messages into the text that a model was trained on.",
        "list of messages",
    ),
    (
        "the temperature|temperature|sampling temperature",
        "Temperature sets how random the choice of the next token is: zero always takes the most likely one.",
        "random",
    ),
    (
        "TGI|text generation inference|Text Generation Inference",
        "TGI, text generation inference, is a server for language models whose API Parlance speaks.",
        "server",
    ),
    ("LangChain", "LangChain is a library for building programs around language models.", "library"),
    ("LlamaIndex", "LlamaIndex is a library that connects language models with your own documents.", "documents"),
    (
        "an agent|agents|an AI agent",
        "An agent is a program in which a language model decides which tool to call next.",
        "tool",
    ),
    (
        "function calling|tool calling|tool use",
        "In function calling, a model names a function and its arguments, and the program runs it.",
        "function",
    ),
    ("an algorithm|algorithms", "An algorithm is a list of clear steps that solves a problem.", "steps"),
    ("a database|databases", "A database stores data so that it can be found and changed quickly.", "stores data"),
    ("the cloud|cloud computing", "The cloud is computers of others that you rent over the internet.", "rent"),
    ("Linux", "Linux is an open-source operating system.", "operating system"),
    ("the internet|internet", "The internet is the network that connects computers all over the world.", "network"),
    ("a computer|computers", "A computer is a machine that follows programs to work on data.", "machine"),
    ("photosynthesis", "Photosynthesis is how plants make sugar from light, water and carbon dioxide.", "plants"),
    ("gravity", "Gravity is the force by which masses pull on each other.", "force"),
    ("the sun|the Sun", "The Sun is the star at the centre of our solar system.", "star"),
    ("the moon|the Moon", "The Moon is the natural satellite of the Earth.", "satellite"),
    ("a rainbow|rainbows", "A rainbow is sunlight split into its colours by drops of rain.", "sunlight"),
    ("rain", "Rain is water that falls in drops from clouds.", "drops"),
]

_WHAT = [
    "(What is|What's|Whats|what is|what's) @?",
    "(What are|What is) @?",
    "(Explain|Describe|Define) @(.|)",
    "(Explain|Describe) @ (to me|in a sentence|briefly|in simple words|simply)(.|)",
    "(Can|Could) you (explain|describe|define) @(| to me)?",
    "(Tell me|Say something|Talk) about @(.|)",
    "(Tell me|Say|Explain) what @ (is|are|means)(.|)",
    "What does @ mean?",
    "What do you know about @?",
    "(Do you know|Can you tell me|Could you tell me) what @ (is|are)?",
    "(Give me|I need|I want) (a definition|an explanation|a short explanation) of @(.|)",
    "I (want|would like) to (know|understand|learn) (what @ is|about @|more about @)(.|)",
    "(How does|How do) @ work?",
    "What is meant by @?",
    "@?",
    "What exactly is @?",
    "In (short|a few words|simple terms), what is @?",
    "How would you (explain|define|describe) @?",
    "(Please |)explain the (term|idea|concept) of @(.|)",
    "Teach me (about |)@(.|)",
    "I (do not|don't|cannot) understand @. (Explain it|What does it mean|Help me|Can you explain it)(.|?)",
    "I have heard (of|about) @. What (is it|is that|does it mean)?",
    "(Explain|Describe) @ in (simple|easy|a few) words(.|)",
    "What is @, in simple words?",
    "(Give|Write) a short (explanation|description) of @(.|)",
    "What should (one|somebody|people) know about @?",
]
_WHAT_HELD = [
    "Please explain in simple words what @ is.",
    "I never understood @. What is it?",
    "Could you tell me about @, please?",
    "Give a short definition of @.",
    "What should I know about @?",
]


def _concept(names, answer, must):
    names = names.split("|")
    choice = f"({'|'.join(names)})" if len(names) > 1 else names[0]
    return intent(
        "\n".join(w.replace("@", choice) for w in _WHAT),
        "\n".join(w.replace("@", names[0]) for w in _WHAT_HELD),
        answer,
        [must],
    )


INTENTS = [_concept(*row) for row in _CONCEPTS]
_SEED_QUESTIONS = [
    INTENTS[0],
    intent(
        """
        Why is (open-source software|open source software|open source|Open Source|opensource software|free software|open-source) (important|good|useful|valuable|so important)?
        Why (does|do) (open-source software|open source software|open source) matter?
        (Explain|Tell me|Describe|Say) why (open-source software|open source software|open source) is (important|good|useful)(.|)
        (Can|Could) you (explain|tell me) why (open-source software|open source) (is important|matters)?
        (What|Which) (is the|are the) (importance|advantages|benefits|benefit|advantage|value) of (open-source software|open source software|open source)?
        What makes (open-source software|open source software|open source) important?
        What is (good|important|great) about (open-source software|open source)?
        Why (should we|should I|do people) (use|like|choose) (open-source software|open source software|open source)?
        Is (open-source software|open source) important?( Why?|)
        For (what|which) reasons is open-source software important?
    """,
        """
        Please tell me why open-source software matters.
        What is the reason that open-source software is important?
        Why would somebody say that open source is important?
        Could you explain the importance of open-source software?
    """,
        OPEN_SOURCE,
        ["anyone"],
    ),
]
_EXACT = [("What is deep learning?", DEEP_LEARNING), ("Why is open-source software important?", OPEN_SOURCE)]


def concept(rng, held=False):
    """What is X?"""
    return ask(rng, "concepts", INTENTS, held)


def seed_question(rng, held=False):
    """The two questions of the API documents, word for word in half of the training samples."""
    if held or rng.random() < 0.5:
        return ask(rng, "documents' questions", _SEED_QUESTIONS, held)
    question, answer = rng.choice(_EXACT)
    sample = turn("documents' questions", question, answer)
    if rng.random() < 0.5:
        sample = Sample(
            sample.category, [{"role": "system", "content": "You are a helpful assistant."}] + sample.messages
        )
    return sample


_UNKNOWN_WHAT = Wordings([w.replace("@", "{thing}") for w in _WHAT], [w.replace("@", "{thing}") for w in _WHAT_HELD])


def explain_unknown(rng, thing, held=False):
    """The question of `concept` about something that the model does not know."""
    question = _UNKNOWN_WHAT.say(rng, held, thing=thing)
    return question if held else decorate(rng, question)
