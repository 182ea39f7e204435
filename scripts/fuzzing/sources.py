"""Damaged Kotlin, Java and Python: what stands before the damage is found, or the file is named."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from fuzzing.mutation import mutated
from fuzzing.running import CONTROLS, broken, controls, run

_TAILS = {
    ".kt": '''
@Composable
inline fun <reified T : Any> Context.service(name: String = "x${1 + 2}"): T? where T : Closeable =
    getSystemService(name) as? T ?: run { return null }
object Keys { const val URI = "content://sms/inbox"; val raw = """a ${"b$c"} $d""" }
sealed class S(open val a: Int) { data class P(override val a: Int, val b: String?) : S(a), I by impl }
fun f(t: Any?) = when { t is Phones && t.imei != null -> t.run { subscriberId }; else -> t?.let { it::class } }
val lazy by lazy { with(x as Phones) { deviceId.also { (a, b) -> println("$a$b") } } }
''',
    ".java": '''
sealed interface I<T extends A & B> permits P, Q {}
record P(int a, String... b) implements I<A> { P { assert a > 0 : "x"; } }
class Q extends C.D<List<? super T>> { @Ann(x = {1, 2}) static final String URI = "content://sms/inbox";
  <T> void f(Object o) throws E { switch (o) { case P(var a, var b) when a > 1 -> g(() -> b); default -> {} }
    for (var x : m) { try (var c = r.query(Uri.parse(URI), null)) { x::f; } finally { y = """
      text \\"""; } } if (!(o instanceof TelephonyManager t)) return; t.getDeviceId(); } }
''',
    ".py": """
from jnius import autoclass, cast
from django.db import models
class User(models.Model):
    phone = models.CharField(max_length=20, verbose_name="手机号")
    @property
    async def f(self, x: int = 1, *a, **k) -> str:
        with open(x) as h, (y := g(x)) as z:
            return f'{h!r:>{x}} {"a" if z else "b"}' if x else [i for i in a if i]
match autoclass('android.telephony.TelephonyManager'):
    case {"a": [1, *rest], **other} if (n := 1): lambda s: {**s}
    case _: cast('x', y).getDeviceId()
""",
}


def faults(folder: Path, chance: random.Random, count: int, tally: Counter[str]) -> Iterator[str]:
    """Try a number of files in one run."""
    whole = set()
    controls(folder)
    for number in range(count):
        suffix = chance.choice(tuple(_TAILS))
        head, tail = CONTROLS[f"control{suffix}"].encode(), _TAILS[suffix].encode()
        name = f"f{number}{suffix}"
        whole |= {name} if number % 2 else set()
        (folder / name).write_bytes(head + mutated(tail, chance) if number % 2 else mutated(head + tail, chance))
    ended = run(folder)
    if isinstance(ended, str):
        yield ended
        return
    yield from broken(ended, {path.name for path in folder.iterdir()})
    found = ended.found()
    for name in sorted(whole - found):
        if ended.covered[name]["reason"] is None:
            yield f"{name}: neither found nor named"
    tally["with a whole head"] += len(whole)
    tally["of these found"] += len(whole & found)
    tally.update(path["reason"] for path in ended.covered.values() if path["reason"])
