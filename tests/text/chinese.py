"""Chinese numerals written out, as the opposite of what is tested."""


def write_chinese(value: int) -> str:
    """Return the plain Chinese numeral of a whole number from 0 up to 9999亿."""
    if value == 0:
        return "零"
    parts: list[str] = []
    for unit, name in ((100_000_000, "亿"), (10_000, "万"), (1, "")):
        group, value = divmod(value, unit)
        if group:
            if parts and group < 1000:
                parts.append("零")
            parts.append(_write_group(group) + name)
    return "".join(parts)


def _write_group(group: int) -> str:
    written = ""
    pending = False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, group = divmod(group, unit)
        if digit:
            written += ("零" if pending else "") + "零一二三四五六七八九"[digit] + name
            pending = False
        elif written:
            pending = True
    return written
