#!/usr/bin/env bash
# The step of action.yml: inputs come as variables, annotations go to the log, a table to the summary of the step.
set -uo pipefail

arguments=(check --lang "${INPUT_LANG:-en}" --output-format github)
summary="${RUNNER_TEMP:?}/privlint-summary.md"
arguments+=(--output-format "markdown=$summary")
if [ -n "${INPUT_SARIF:-}" ]; then arguments+=(--output-format "sarif=$INPUT_SARIF"); fi
if [ -n "${INPUT_SINCE:-}" ]; then arguments+=("--since=$INPUT_SINCE"); fi
if [ -n "${INPUT_FAIL_ON:-}" ]; then arguments+=("--fail-on=$INPUT_FAIL_ON"); fi

base="${INPUT_TRUSTED_CONFIG:-}"
if [ "$base" = head ]; then base=""; fi
if [ -n "$base" ]; then
  # A shallow checkout does not hold the base: its tree alone is enough.
  if ! git cat-file -e "$base^{commit}" 2>/dev/null; then
    git fetch --quiet --no-tags --no-recurse-submodules --depth=1 -- origin "$base" || echo "::warning::$base could not be fetched"
  fi
  arguments+=("--trusted-config=$base")
fi

paths=()
while IFS= read -r path; do
  if [ -n "$path" ]; then paths+=("$path"); fi
done <<< "${INPUT_PATHS:-.}"

"${PRIVLINT:-privlint}" "${arguments[@]}" -- "${paths[@]}"
code=$?
if [ -f "$summary" ]; then cat "$summary" >> "${GITHUB_STEP_SUMMARY:-/dev/null}"; fi
echo "exit-code=$code" >> "${GITHUB_OUTPUT:-/dev/null}"
exit "$code"
