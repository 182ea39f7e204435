"""Seeds in; mutated sources through the command line, and whether it kept its promises, out.

    scripts/fuzz.py --files 3000 --seed 1 [--keep FOLDER]

Each run examines a folder of mutated Kotlin, Java and Python files. It must not die, must account for every file, must
leave the control files as they are, and must find what stands in front of a mutation or name the file.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

BATCH = 100  # files in a run
SECONDS = 120  # for a run
KOTLIN = """import android.telephony.TelephonyManager
import android.telephony.TelephonyManager as Phones
class Phone(private val t: TelephonyManager) { fun id() = t.imei }
"""
JAVA = """import android.telephony.TelephonyManager;
class Phone { String id(TelephonyManager t) { return t.getImei(); } }
"""
PYTHON = """from plyer import gps
gps.start(minTime=1000)
"""
TAILS = {
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
HEADS = {".kt": KOTLIN, ".java": JAVA, ".py": PYTHON}
PIECES = (
    *list("(){}[]<>\"'`\\@#$%&*;:,.?!~|^/=+-\n\t\r\0\ufeff\u2028\u202e\U0001f600"),
    *('"""', "'''", "/*", "*/", "//", "${", "?.", "?:", "!!", "::", "->", "..", "0x", "1e9", "L", "手机号"),
    *("class ", "fun ", "def ", "lambda ", "object ", "when ", "switch ", "case ", "if ", "else ", "return "),
    *("import ", "as ", "is ", "in ", "by ", "async ", "yield ", "new ", "super."),
)


def main() -> int:
    """Run the batches, and report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where to put the batches that went wrong")
    options = parser.parse_args()
    chance = random.Random(options.seed)  # noqa: S311 - a seed must give the same files again
    tally: Counter[str] = Counter()
    slowest = 0.0
    for number in range(0, options.files, BATCH):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            whole = fill(folder, chance, min(BATCH, options.files - number))
            began = time.monotonic()
            faults = list(examine(folder, whole, tally))
            slowest = max(slowest, time.monotonic() - began)
            for fault in faults:
                sys.stdout.write(f"batch {number // BATCH}: {fault}\n")
            if faults and options.keep:
                shutil.copytree(folder, options.keep / f"seed{options.seed}-batch{number // BATCH}")
    told = ", ".join(f"{tally[key]} {key}" for key in sorted(tally))
    sys.stdout.write(f"seed {options.seed}: {told}; slowest run {slowest:.1f} s\n")
    return 1 if tally["broken promises"] else 0


def fill(folder: Path, chance: random.Random, count: int) -> set[str]:
    """Write the files, and the controls; name those in which a whole head stands before what was mutated."""
    whole = set()
    for suffix, head in HEADS.items():
        (folder / f"control{suffix}").write_text(head, encoding="utf-8")
    for number in range(count):
        suffix = chance.choice(tuple(HEADS))
        begin, rest = HEADS[suffix].encode(), TAILS[suffix].encode()
        name = f"f{number}{suffix}"
        data = begin + mutated(rest, chance) if number % 2 else mutated(begin + rest, chance)
        whole |= {name} if number % 2 else set()
        (folder / name).write_bytes(data)
    return whole


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Change a source in a few places."""
    text = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32))):
        at = chance.randrange(len(text) + 1)
        piece = chance.choice(PIECES).encode()
        match chance.randrange(7):
            case 0:
                text[at:at] = piece * chance.choice((1, 1, 1, 2, 50, 2_000))
            case 1:
                del text[at : at + chance.randrange(1, 40)]
            case 2:
                other = chance.randrange(len(text) + 1)
                text[at:at] = text[other : other + chance.randrange(1, 300)]
            case 3:
                text[at : at + 1] = piece
            case 4:
                text[at:at] = chance.randbytes(chance.randrange(1, 12))
            case 5:
                text[at : at + 1] = bytes([chance.randrange(256)])
            case _:
                text[at:] = text[at:][: chance.randrange(1, 200)]
    return bytes(text)


def examine(folder: Path, whole: set[str], tally: Counter[str]) -> Iterator[str]:
    """Run privlint over a batch; every broken promise is one line."""
    for fault in _broken(folder, whole, tally):
        tally["broken promises"] += 1
        yield fault


def _broken(folder: Path, whole: set[str], tally: Counter[str]) -> Iterator[str]:
    command = [sys.executable, "-m", "privlint", "check", "--output-format", "json", str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        yield f"no end within {SECONDS} seconds"
        return
    if done.returncode not in {1, 3}:
        yield f"exit code {done.returncode}: {done.stderr[-300:].decode('utf-8', 'replace')}"
        if not done.stdout:
            return
    report = json.loads(done.stdout)
    found = {finding["path"] for finding in report["findings"]}
    covered = {path["path"]: path for path in report["coverage"]}
    written = {path.name for path in folder.iterdir()}
    tally["files"] += len(written)
    tally["with findings"] += len(found)
    tally["heads kept whole"] += len(whole)
    tally["of these found"] += len(whole & found)
    for path in covered.values():
        tally[path["reason"] or "without remark"] += 1
    if covered.keys() != written:
        yield f"not accounted for: {sorted(written ^ covered.keys())}"
    yield from (f"{name}: control lost" for name in sorted(written) if name.startswith("control") and name not in found)
    yield from (f"{name}: neither found nor named" for name in sorted(whole - found) if covered[name]["reason"] is None)


if __name__ == "__main__":
    raise SystemExit(main())
