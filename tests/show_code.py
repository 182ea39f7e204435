"""Records of `privlint.model.code` in, one line of readable text out: what the adapters' tests compare."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from privlint.model import code

if TYPE_CHECKING:
    from collections.abc import Iterable


def show_file(file: code.SourceFile) -> str:
    """The whole file, an item a line."""
    heading = [f"package {file.package}"] if file.package else []
    return "\n".join([*heading, *map(show, file.annotations), *map(show, file.imports), *map(show, file.items)])


def show(item: Any) -> str:
    """One record, of any kind, and what is in it."""
    match item:
        case None:
            return "none"
        case tuple():
            return commas(item)
        case code.Name(name=name):
            return name
        case code.Literal(value=value):
            return json.dumps(value, ensure_ascii=False)
        case code.Member(receiver=receiver, name=name):
            return f"{show(receiver)}.{name}"
        case code.Call(callee=callee, arguments=arguments, types=types):
            return f"{show(callee)}{generic(types)}({commas(arguments)})"
        case code.Argument(value=value, name=name):
            return f"{name}={show(value)}" if name else show(value)
        case code.New(type=made, arguments=arguments, body=body):
            return f"new {show(made)}({commas(arguments)})" + (f" {show(body)}" if body else "")
        case code.Reference(receiver=receiver, name=name):
            return f"{show(receiver) if receiver else ''}::{name}"
        case code.ClassLiteral(type=named):
            return f"{show(named)}.class"
        case code.Type(name=name, arguments=arguments):
            return f"{name or '?'}{generic(arguments)}"
        case code.Index(receiver=receiver, index=index):
            return f"{show(receiver)}[{commas(index)}]"
        case code.Template(parts=parts):
            return f"text({commas(parts)})"
        case code.Group(parts=parts, kind=kind):
            return f"{kind or 'group'}({commas(parts)})"
        case code.Cast(value=value, type=wanted):
            return f"({show(value)} as {show(wanted)})"
        case code.Test():
            return f"({show(item.value)} {'!is' if item.negated else 'is'} {joined(show(item.type), item.binding)})"
        case code.Logic(operator="not", operands=operands):
            return f"not {commas(operands)}"
        case code.Logic(operator=operator, operands=operands):
            return f"({f' {operator} '.join(map(show, operands))})"
        case code.Choice(condition=condition, values=values):
            return f"({show(condition)} ? {' : '.join(map(show, values))})"
        case code.Lambda(parameters=parameters, body=body):
            return f"({commas(parameters)}) -> {show(body)}"
        case _:
            return show_statement(item)


def show_statement(item: Any) -> str:
    match item:
        case code.Block(items=items):
            return "{" + "; ".join(map(show, items)) + "}"
        case code.Assign(target=target, value=value):
            return f"{show(target)} := {show(value)}"
        case code.If(condition=condition, then=then, otherwise=otherwise):
            return f"if {show(condition)} {show(then)}" + (f" else {show(otherwise)}" if otherwise else "")
        case code.When(subject=subject, branches=branches, binding=binding):
            return f"when {joined(binding and binding + ' =', show(subject))} {{{'; '.join(map(show, branches))}}}"
        case code.Branch(conditions=conditions, body=body):
            return f"{commas(conditions) or 'else'} -> {show(body)}"
        case code.Loop(variables=(), source=source, body=body):
            return f"while {show(source)} {show(body)}"
        case code.Loop(variables=variables, source=source, body=body):
            return f"for {commas(variables)} in {show(source)} {show(body)}"
        case code.Try(body=body, handlers=handlers, ending=ending):
            caught = "".join(f" catch {show(handler)}" for handler in handlers)
            return f"try {show(body)}{caught}" + (f" finally {show(ending)}" if ending else "")
        case code.Jump(kind=kind, value=value):
            return joined(kind, show(value) if value else "")
        case code.Import(path=path, alias=alias, wildcard=wildcard, static=static):
            word = "import static" if static else "import"
            return joined(word, path + (".*" if wildcard else ""), alias and f"as {alias}")
        case _:
            return show_declaration(item)


def show_declaration(item: Any) -> str:
    match item:
        case code.Annotation(name=name, arguments=arguments):
            return f"@{name}" + (f"({commas(arguments)})" if arguments else "")
        case code.Parameter():
            return joined(*map(show, item.annotations), (item.name or "_") + typed(item.type) + valued(item.value))
        case code.Variable():
            words = ("static" if item.static else "", "val" if item.constant else "var")
            name = f"{show(item.receiver)}.{item.name}" if item.receiver else item.name
            more = (item.delegate and f"by {show(item.delegate)}", item.getter and f"get {show(item.getter)}")
            return joined(*map(show, item.annotations), *words, name + typed(item.type) + valued(item.value), *more)
        case code.Function():
            name = f"{show(item.receiver)}.{item.name}" if item.receiver else item.name
            head = f"fun {name}{generic(item.type_parameters)}({commas(item.parameters)}){typed(item.result)}"
            body = "…" if item.skipped else item.body and show(item.body)
            return joined(*map(show, item.annotations), *item.modifiers, head, body)
        case code.Class():
            head = f"{item.kind} {item.name}".strip() + generic(item.type_parameters)
            given = f"({commas(item.super_arguments)})" if item.super_arguments else ""
            above = f": {commas(item.supertypes)}{given}" if item.supertypes else ""
            parameters = f"({commas(item.parameters)})" if item.parameters else ""
            members = "{" + "; ".join(map(show, item.members)) + "}"
            return joined(*map(show, item.annotations), *item.modifiers, head + parameters + above, members)
        case code.Alias(name=name, type=kind):
            return f"alias {name} = {show(kind)}"
    raise AssertionError(item)


def commas(items: Iterable[Any]) -> str:
    return ", ".join(map(show, items))


def generic(types: Iterable[code.Type]) -> str:
    inner = commas(types)
    return f"<{inner}>" if inner else ""


def typed(kind: code.Type | None) -> str:
    return f": {show(kind)}" if kind else ""


def valued(value: Any) -> str:
    return f" = {show(value)}" if value is not None else ""


def joined(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)
