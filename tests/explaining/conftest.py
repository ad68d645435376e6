from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from pipeline.rulebook import Rulebook, load_rulebook

if TYPE_CHECKING:
    from pathlib import Path

INDICATORS = """
- id: meetings.held
  names: {zh: 会议数, en: Meetings}
  unit: 次
  units: [次]
  definition: {zh: 公开工作会议。, en: Meetings on disclosure.}
  prose:
    - id: held
      pattern: '召开{disclosure}(?:工作|专题)会议{count}'
      examples:
        - {text: 召开政务公开工作会议5次。, value: 5, unit: 次}
        - {text: 召开会议5次。, none: true}
    - id: trained
      pattern: '组织培训{count}'
      context: '公开'
      examples:
        - {text: 为做好公开工作组织培训5次。, value: 5, unit: 次}
        - {text: 组织培训5次。, none: true}
- id: items.total
  names: {zh: 信息数, en: Items}
  unit: 条
  units: [条]
  definition: {zh: 公开的信息。, en: Items disclosed.}
  prose:
    - id: disclosed
      pattern: '主动公开(?:政府)?信息{count}'
      examples:
        - {text: 主动公开政府信息5条。, value: 5, unit: 条}
        - {text: 公开政府信息5条。, none: true}
    - id: posted
      pattern: '共上传信息{count}'
      weak: true
      examples:
        - {text: 共上传信息5条。, value: 5, unit: 条}
        - {text: 上传信息5条。, none: true}
    - id: listed
      list: '其中'
      item_like: '类$'
      sections: [overview]
      examples:
        - {text: '其中甲类2条,乙类3条。', value: 3, unit: 条, item: 乙类}
        - {text: '其中甲2件,乙3件。', none: true}
- id: requests.received
  names: {zh: 申请数, en: Requests}
  unit: 件
  units: [件]
  definition: {zh: 收到的申请。, en: Requests received.}
  prose:
    - id: none
      zero: '未收到申请'
      examples:
        - {text: 未收到申请。, value: 0}
        - {text: 收到申请。, none: true}
"""


@pytest.fixture(scope="session")
def few(rules_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    """The shipped word lists with a handful of prose rules of our own."""
    folder = tmp_path_factory.mktemp("rules") / "rules"
    shutil.copytree(rules_folder, folder, ignore=lambda *_: {"indicators"})
    (folder / "indicators").mkdir()
    (folder / "indicators" / "few.yaml").write_text(INDICATORS, encoding="utf-8")
    return load_rulebook(folder)
