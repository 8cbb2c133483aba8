#!/bin/sh
# What the pre-commit hook runs, in the repository whose files it is given: see .pre-commit-hooks.yaml and docs/ci.md.
exec node "$(dirname "$0")/meshwright.mjs" check "$@"
