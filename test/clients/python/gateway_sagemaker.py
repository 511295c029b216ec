"""The SageMaker Python SDK: HuggingFacePredictor on a gateway."""

from checks import Checks, equal, run
from checks_gateway import ENDPOINT, STORY, check_spread, text_of, timed
from sagemaker.huggingface import HuggingFacePredictor
from sagemaker.iterators import ByteIterator

predictor = HuggingFacePredictor(ENDPOINT)
check = Checks("sagemaker")


def predicted():
    return predictor.predict(STORY)["choices"][0]["message"]["content"]


@check("predict takes messages and gives the chat completion")
def predict():
    assert predicted()


@check("predict_stream gives the same text, a chunk a line")
def predict_stream():
    equal(text_of(predictor.predict_stream({**STORY, "stream": True}, iterator=ByteIterator)), predicted())


@check("predict_stream gives parts while the model computes")
def spread():
    check_spread(timed(predictor.predict_stream({**STORY, "stream": True}, iterator=ByteIterator)))


run(check)
