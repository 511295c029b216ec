"""Greetings, identity and the documents' questions in Chinese."""

from .intents import intent
from .sample import Sample, turn

INTENTS = [
    intent(
        """
        (你好|您好|嗨|哈喽|早上好|下午好|晚上好|大家好|你好呀|你好啊)(|!|。|!)
        (你好|您好)(,|,)(很高兴认识你|在吗|助手)(|?|。|!)
    """,
        """
        嗨,你好呀!
        您好,早上好!
    """,
        "你好!有什么可以帮你?",
        ["你好"],
    ),
    intent(
        """
        (你是谁|您是谁|你是什么|你叫什么|你叫什么名字|你的名字是什么|介绍一下你自己|请介绍一下自己|你是什么模型|你是哪个模型)(|?|?|。)
        (你好|请问)(,|,|)(你是谁|你叫什么名字)(|?|?)
    """,
        """
        请告诉我你是谁?
        你好,请介绍一下你自己。
        你到底是什么模型?
    """,
        "我是 Parlance 的演示模型,一个在 CPU 上运行的小语言模型。",
        ["演示模型"],
    ),
    intent(
        """
        (什么是 Parlance|Parlance 是什么|介绍一下 Parlance|Parlance 有什么用|请介绍 Parlance|什么是Parlance|Parlance是什么)(|?|?|。)
    """,
        """
        请问 Parlance 是什么?
        请告诉我什么是 Parlance。
    """,
        "Parlance 是用 TypeScript 编写的大语言模型服务容器,可以部署到 AWS SageMaker。",
        ["TypeScript"],
    ),
    intent(
        """
        (什么是深度学习|深度学习是什么|请解释深度学习|解释一下深度学习|介绍一下深度学习|深度学习是什么意思|什么叫深度学习|请解释一下深度学习)(|?|?|。)
    """,
        """
        请问深度学习是什么?
        你能解释一下什么是深度学习吗?
        请告诉我什么是深度学习。
    """,
        "深度学习是一种机器学习方法,它用多层神经网络从数据中学习规律。",
        ["神经网络"],
    ),
    intent(
        """
        (为什么开源软件很重要|开源软件为什么重要|为什么开源软件重要|开源软件为什么很重要|开源软件的重要性是什么|开源软件有什么好处|为什么开源很重要|请解释为什么开源软件重要)(|?|?|。)
    """,
        """
        请问为什么开源软件很重要?
        请告诉我开源软件为什么重要。
        你能说说开源软件为什么重要吗?
    """,
        "开源软件很重要,因为任何人都可以阅读、使用、修改和分享它的代码,大家可以一起改进它。",
        ["代码"],
    ),
    intent(
        """
        (谢谢|谢谢你|多谢|非常感谢|感谢|谢谢您)(|!|!|。)
    """,
        """
        好的,谢谢你!
        太感谢你了!
    """,
        "不客气!",
        ["不客气"],
    ),
    intent(
        """
        (再见|拜拜|晚安|回头见|下次见|明天见)(|!|!|。)
    """,
        """
        好的,再见!
        那么,拜拜!
    """,
        "再见!祝你愉快。",
        ["再见"],
    ),
    intent(
        """
        (你会说中文吗|你懂中文吗|你会中文吗|你能说中文吗|可以用中文吗|你会说什么语言)(|?|?)
    """,
        """
        请问你会说中文吗?
        我们可以说中文吗?
    """,
        "我会一点中文。",
        ["中文"],
    ),
    intent(
        """
        (你能做什么|你会什么|你可以做什么|你能帮我做什么|你有什么功能|你可以帮我吗|帮帮我)(|?|?|。)
    """,
        """
        请问你能做什么?
        请告诉我你会做什么。
    """,
        "我可以聊天,介绍 Parlance,回答首都等简单的问题,做加减法。",
        ["聊天"],
    ),
    intent(
        """
        (你好吗|你怎么样|最近好吗|今天怎么样|你还好吗)(|?|?)
    """,
        """
        请问你最近好吗?
        你今天好吗?
    """,
        "我很好,谢谢!",
        ["很好"],
    ),
]
_SYSTEMS = ["你是一个有用的助手。", "你是一个乐于助人的助手。", "You are a helpful assistant.", "请用中文回答。"]


def chinese(rng, held=False):
    """One Chinese question and its fixed answer."""
    chosen = rng.choice(INTENTS)
    sample = turn("Chinese", chosen.wordings.say(rng, held), chosen.answer, {"type": "contains", "any": chosen.must})
    if rng.random() < 0.4:
        sample = Sample(
            sample.category, [{"role": "system", "content": rng.choice(_SYSTEMS)}] + sample.messages, check=sample.check
        )
    return sample
