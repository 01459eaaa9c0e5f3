#!/bin/sh
# Makes ../tabler, ../htmx, ../echarts and ../icons anew, and their table in THIRD_PARTY.md.
# Needs Node 20 or newer with npm. Installs into a temporary folder; leaves nothing else behind.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../../../../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/* "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node build.mjs "$here/.." "$root"
