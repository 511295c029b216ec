"""openai-python: the OpenAI path of a gateway, by bearer token."""

import openai
from checks import Checks, equal, raises, run
from checks_gateway import ENDPOINT, GATEWAY, STORY, bearer_token, check_spread

check = Checks("openai")


def client(endpoint=ENDPOINT, **token):
    base_url = f"{GATEWAY}/endpoints/{endpoint}/openai/v1"
    return openai.OpenAI(base_url=base_url, api_key=bearer_token(**token), max_retries=0)


def text():
    return create(client()).choices[0].message.content


def create(of, **fields):
    """The OpenAI client takes what it does not know as extra_body."""
    asked = {name: value for name, value in STORY.items() if name != "ignore_eos"}
    return of.chat.completions.create(model="", **asked, **fields, extra_body={"ignore_eos": True})


@check("chat answers by a bearer token that is made of AWS credentials")
def chat():
    assert text()


@check("streamed chat gives chunks while the model computes, with the whole answer's text")
def streamed():
    stream = lambda: create(client(), stream=True)
    check_spread(stream)
    equal("".join(chunk.choices[0].delta.content for chunk in stream()), text())


@check("a token by a wrong secret, for another region or for too long is refused with 403")
def refused():
    for token in ({"secret": "wrong"}, {"region": "eu-west-1"}, {"expires": 43201}):
        raises(openai.PermissionDeniedError, lambda: create(client(**token)))


@check("an endpoint that is not there is named")
def unknown():
    error = raises(openai.BadRequestError, lambda: create(client("not-there")))
    assert "not-there" in str(error), error


run(check)
