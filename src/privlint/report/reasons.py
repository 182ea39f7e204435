"""The id of a reason in; what it says about a path that was not, or not wholly, examined out."""

from __future__ import annotations

from privlint.model.finding import Text

REASONS: dict[str, Text] = {
    "PRV001": Text("cannot be read", "无法读取"),
    "PRV002": Text("not a regular file", "不是普通文件"),
    "PRV003": Text("symbolic link is broken, loops or leaves the tree", "符号链接已断开、成环或指向目录树之外"),
    "PRV004": Text("too large", "文件过大"),
    "PRV005": Text("cannot be decoded", "无法解码"),
    "PRV006": Text("binary", "二进制文件"),
    "PRV007": Text("took too long", "超出时间限制"),
    "PRV008": Text("parsed with errors", "解析时有错误"),
    "PRV009": Text("nested too deeply", "嵌套过深"),
    "PRV010": Text("the process that examined it died", "检查该文件的进程异常终止"),
    "PRV011": Text("changed while it was read", "读取过程中发生了变化"),
    "PRV012": Text("XML with a DOCTYPE is refused", "拒绝含有 DOCTYPE 的 XML"),
    "PRV013": Text("malformed XML", "XML 格式错误"),
    "PRV014": Text("wrong configuration", "配置有误"),
    "PRV015": Text("configuration refused", "拒绝使用该配置"),
    "PRV016": Text("name cannot be used", "名称无法使用"),
    "PRV017": Text("more findings than are shown", "发现过多，未全部列出"),
    "PRV018": Text("output could not be written", "无法写出结果"),
    "PRV019": Text("cache not used", "未使用缓存"),
    "PRV020": Text("nothing to examine", "没有可检查的内容"),
    "PRV021": Text("interrupted", "被中断"),
    "PRV099": Text("internal error", "内部错误"),
}
SKIPS: dict[str, Text] = {
    "excluded": Text("excluded", "已排除"),
    "ignored": Text("ignored by an ignore file", "被忽略文件排除"),
    "generated": Text("generated code", "自动生成的代码"),
    "language": Text("other kinds of file", "其他类型的文件"),
    "build": Text("build code", "构建代码"),
    "PRV003": Text("symbolic links within the project", "项目内部的符号链接"),
}


def reason(identity: str, *, skipped: bool = False) -> Text:
    """Say what a reason means; an unknown one speaks for itself."""
    first, second = (SKIPS, REASONS) if skipped else (REASONS, SKIPS)
    return first.get(identity) or second.get(identity) or Text(identity, identity)
