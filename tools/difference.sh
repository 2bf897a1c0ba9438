#!/usr/bin/env bash
# Builds the example and the small project as of commit $1 and as they are now, and writes difference/<project>.html for each.
# Fails where the record in expected/ does not say what is built now, or where something differs and no line of CHANGELOG.md and no record
# changed with it. Usage: tools/difference.sh COMMIT
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
before=$(git merge-base "$1" HEAD)
place=$(mktemp -d)
trap 'git worktree remove --force "$place/before"; rm -rf "$place"' EXIT
git worktree add --quiet --detach "$place/before" "$before"
explained=()
git diff --quiet "$before" -- CHANGELOG.md examples/mozambique/expected || explained=(--explained)
mkdir -p difference
code=0
for project in examples/mozambique tests/projects/small; do
  name=$(basename "$project")
  for side in before now; do
    tree=$root
    [ "$side" = now ] || tree=$place/before
    cp -r "$tree/$project" "$place/$side-$name"
    rm -rf "$place/$side-$name/out" "$place/$side-$name/work"
    PYTHONPATH=$tree/src "$root/.venv/bin/python" -m bulletin build "$place/$side-$name" --messages en --quiet
  done
  echo "== $name"
  "$root/.venv/bin/python" tools/difference.py "$place/before-$name/out" "$place/now-$name/out" "difference/$name.html" "${explained[@]}" || code=1
done
"$root/.venv/bin/python" tools/expected.py compare "$place/now-mozambique" examples/mozambique/expected || code=1
[ "$code" = 0 ] || echo "Say in CHANGELOG.md what changed, and renew the record (CONTRIBUTING.md)." >&2
exit "$code"
