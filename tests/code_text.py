"""Records of `model.code` in, one readable line each out; only for tests."""

from __future__ import annotations

from privlint.model import code


def text(item: object) -> str:
    """`f(x=1)` for a Call, `T(…)` for what has no short form of its own."""
    match item:
        case None:
            return "-"
        case tuple():
            return ", ".join(text(part) for part in item)
        case code.Name(name=name):
            return name
        case code.Literal(value=value):
            return repr(value)
        case code.Template(parts=parts):
            return f"template({text(parts)})"
        case code.Member(receiver=receiver, name=name):
            return f"{text(receiver)}.{name}"
        case code.Argument(value=value, name=name):
            return f"{name}={text(value)}" if name else text(value)
        case code.Call(callee=callee, arguments=arguments):
            return f"{text(callee)}({text(arguments)})"
        case code.Cast(value=value, type=kind):
            return f"cast({text(value)}, {text(kind)})"
        case code.Test(value=value, type=kind):
            return f"test({text(value)}, {text(kind)})"
        case code.Lambda(parameters=parameters, body=body):
            return f"lambda({text(parameters)}: {text(body)})"
        case code.Index(receiver=receiver, index=index):
            return f"{text(receiver)}[{text(index)}]"
        case code.Choice(condition=condition, values=values):
            return f"choice({text(condition)}? {text(values)})"
        case code.Logic(operator=operator, operands=operands):
            return f"{operator}({text(operands)})"
        case code.Group(parts=parts, kind=kind):
            return f"{kind or 'group'}({text(parts)})"
        case code.Type(name=name, arguments=arguments):
            return f"{name or '?'}[{text(arguments)}]" if arguments else name or "?"
        case _:
            return _statement(item)


def _statement(item: object) -> str:
    match item:
        case code.Block(items=items):
            return "{" + "; ".join(text(part) for part in items) + "}"
        case code.Assign(target=target, value=value):
            return f"{text(target)} := {text(value)}"
        case code.If(condition=condition, then=then, otherwise=otherwise):
            return f"if {text(condition)} {text(then)}" + (f" else {text(otherwise)}" if otherwise else "")
        case code.When(subject=subject, branches=branches):
            arms = " ".join(f"[{text(arm.conditions)} => {text(arm.body)}]" for arm in branches)
            return f"when {text(subject)} {arms}"
        case code.Loop(variables=variables, source=source, body=body):
            return f"loop {text(variables)} in {text(source)} {text(body)}"
        case code.Try(body=body, handlers=handlers, ending=ending):
            return f"try {text(body)} except {text(handlers)}" + (f" finally {text(ending)}" if ending else "")
        case code.Jump(kind=kind, value=value):
            return f"{kind} {text(value)}"
        case _:
            return _declaration(item)


def _declaration(item: object) -> str:
    match item:
        case code.Annotation(name=name, arguments=arguments):
            return f"@{name}({text(arguments)})"
        case code.Parameter(name=name, type=kind, value=value, annotations=annotations):
            marks = "".join(f"{text(mark)} " for mark in annotations)
            return marks + (name or "_") + (f": {text(kind)}" if kind else "") + (f"={text(value)}" if value else "")
        case code.Variable(name=name, type=kind, value=value, constant=constant, annotations=annotations):
            marks = "".join(f"{text(mark)} " for mark in annotations) + ("const " if constant else "var ")
            return marks + name + (f": {text(kind)}" if kind else "") + (f" = {text(value)}" if value else "")
        case code.Function(name=name, parameters=parameters, result=result, body=body, skipped=skipped):
            marks = "".join(f"{text(mark)} " for mark in item.annotations)
            words = "".join(f"{word} " for word in item.modifiers)
            given = f" -> {text(result)}" if result else ""
            return f"{marks}{words}def {name}({text(parameters)}){given} {'…' if skipped else text(body)}"
        case code.Class(name=name, supertypes=supertypes, super_arguments=arguments, members=members):
            marks = "".join(f"{text(mark)} " for mark in item.annotations)
            given = text((*supertypes, *arguments))
            return f"{marks}class {name}({given}) " + "{" + "; ".join(text(part) for part in members) + "}"
        case code.Alias(name=name, type=kind):
            return f"alias {name} = {text(kind)}"
        case code.Import(path=path, alias=alias, wildcard=wildcard):
            return f"import {path}" + (".*" if wildcard else "") + (f" as {alias}" if alias else "")
    raise AssertionError(item)
