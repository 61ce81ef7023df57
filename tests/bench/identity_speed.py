"""Milliseconds for the identity and the sections of a report of 5,000 characters, and for loading the registers.

Run from the repository root: python -m tests.bench.identity_speed
"""

from __future__ import annotations

import time
from collections.abc import Callable

from parsers.identity import authorities, identify, regions
from parsers.model import Document, Hint
from parsers.sections import find_sections

HEAD = """区卫计局2017年政府信息公开工作年度报告
根据条例的要求编制本报告。本报告由概述、主动公开等六个部分组成。
统计期限自2017年1月1日起至2017年12月31日止。
如有疑问，请与张店区卫计局办公室联系（地址：新村西路1号，邮编：255000，电话：2100000）。
"""
HEADINGS = ("概述", "主动公开政府信息情况", "依申请公开情况", "收费及减免情况", "行政复议、诉讼情况", "存在的问题")
SENTENCE = "全年通过网站、微信等渠道公开信息（含文件）12条，按照区委、区政府的部署，健全制度，明确责任，接受监督。"


def report(length: int) -> str:
    share = (length - len(HEAD)) // len(HEADINGS) // len(SENTENCE)
    body = "".join(
        f"{'一二三四五六'[number]}、{heading}\n（一）做法。{SENTENCE * (share // 2)}\n"
        f"（二）成效。{SENTENCE * (share // 2)}\n"
        for number, heading in enumerate(HEADINGS)
    )
    return HEAD + body + "张店区卫计局\n2018年2月1日"


def milliseconds(step: Callable[[], object], times: int) -> float:
    best = float("inf")
    for _ in range(5):
        begun = time.process_time()
        for _ in range(times):
            step()
        best = min(best, (time.process_time() - begun) / times)
    return best * 1000


def main() -> None:
    begun = time.process_time()
    regions.find("北仑区")
    loaded = time.process_time()
    authorities.office_at("卫生局", 3)
    ready = time.process_time()
    print(f"regions loaded in {(loaded - begun) * 1000:.0f} ms, authorities in {(ready - loaded) * 1000:.0f} ms")
    text = report(5000)
    document = Document(blocks=(), format="text")
    print(f"identify, {len(text)} characters: {milliseconds(lambda: identify(document, text, Hint()), 50):.2f} ms")
    print(f"find_sections: {milliseconds(lambda: find_sections(text), 50):.2f} ms")
    print(f"find a division: {milliseconds(lambda: regions.find('宁波市北仑区', 2012), 2000) * 1000:.1f} µs")


if __name__ == "__main__":
    main()
