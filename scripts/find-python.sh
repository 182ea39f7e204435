#!/bin/sh
# Prints a Python from 3.10 to 3.14 that can make a virtual environment, or says what is missing.
# $PYTHON, when set, is the only one that is tried.
set -u

suits='
import sys
sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 14))
'
makes_environments='import venv, ensurepip'

unsuited=""
bare=""
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python3.10 python}; do
    version=$("$candidate" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || continue
    if ! "$candidate" -c "$suits" 2>/dev/null; then
        unsuited="$unsuited $candidate ($version)"
    elif ! "$candidate" -c "$makes_environments" 2>/dev/null; then
        bare="$candidate"
    else
        command -v "$candidate"
        exit 0
    fi
done

if [ -n "$bare" ]; then
    echo "privlint: $bare cannot make a virtual environment: its module venv or ensurepip is missing." >&2
    echo "  On Debian and Ubuntu: apt install python3-venv" >&2
elif [ -n "$unsuited" ]; then
    echo "privlint needs Python 3.10 to 3.14; found only:$unsuited." >&2
    echo "  Another one can be named: make test PYTHON=/path/to/python3.12" >&2
else
    echo "privlint needs Python 3.10 to 3.14; none was found${PYTHON:+ at $PYTHON}." >&2
fi
exit 1
