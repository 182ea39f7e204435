#!/usr/bin/env bash
# Builds privlint.vsix: needs node from 18 and npm. Install it with: code --install-extension editors/vscode/privlint.vsix
set -euo pipefail
cd "$(dirname "$0")"
npm ci --ignore-scripts --no-audit --no-fund
npm test
npm run package
