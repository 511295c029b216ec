"""The SageMaker Python SDK: HuggingFacePredictor on a gateway."""

from checks import Checks, equal, run
from checks_gateway import ENDPOINT, STORY, check_spread, text_of
from sagemaker.huggingface import HuggingFacePredictor
from sagemaker.iterators import ByteIterator

predictor = HuggingFacePredictor(ENDPOINT)
check = Checks("sagemaker")


def predicted():
    return predictor.predict(STORY)["choices"][0]["message"]["content"]


def stream():
    return predictor.predict_stream({**STORY, "stream": True}, iterator=ByteIterator)


@check("predict takes messages and gives the chat completion")
def predict():
    assert predicted()


@check("predict_stream gives the same text, a chunk a line")
def predict_stream():
    equal(text_of(stream()), predicted())


@check("predict_stream gives parts while the model computes")
def spread():
    check_spread(stream)


run(check)
