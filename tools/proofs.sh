#!/usr/bin/env bash
# The long proofs, one after the other; CI runs a bounded part of each. Usage: tools/proofs.sh [NAME…] — without a name all of them:
#   kill      every writing call of a build: 120 kills, 20 failures, files held by Word        (tools/kill.py)
#   repeat    the same bytes under eleven other settings of the machine                        (tools/repeat.py)
#   pango     everything without Pango                                                         (tests, slow)
#   archive   a sealed edition built anew from its archive                                     (tests, slow)
#   hostile   hostile inputs; fuzz: readers, 20 minutes; mutate: the tests against changed code
# A proof that this machine cannot run says "absent" and does not pass.
set -uo pipefail
cd "$(dirname "$0")/.."
export PYTHONPATH=src
python=.venv/bin/python
[ -x "$python" ] || { echo "First: tools/setup.sh dev" >&2; exit 2; }
wanted=("$@")
[ ${#wanted[@]} -gt 0 ] || wanted=(kill repeat pango archive hostile fuzz mutate)
passed=0 failed=0
prove() {
  case $1 in
    kill) "$python" tools/kill.py --quick && "$python" tools/kill.py ;;
    repeat) "$python" tools/repeat.py ;;
    pango) "$python" -m pytest -q -m slow tests/pipeline/test_doctor.py ;;
    archive) "$python" -m pytest -q -m slow tests/pipeline/test_rebuild.py ;;
    mutate)
      [ -f tools/mutate.py ] || { echo "absent: tools/mutate.py" >&2; return 1; }
      for part in numbers rounding suppression; do "$python" tools/mutate.py "$part" || return; done ;;
    hostile | fuzz)
      [ -x "tools/$1.sh" ] || { echo "absent: tools/$1.sh" >&2; return 1; }
      "tools/$1.sh" ;;
    *) echo "no such proof: $1" >&2; return 2 ;;
  esac
}
for name in "${wanted[@]}"; do
  echo "== $name"
  started=$SECONDS
  if prove "$name"; then passed=$((passed + 1)); echo "-- $name: passed, $((SECONDS - started)) s"
  else failed=$((failed + 1)); echo "-- $name: FAILED, $((SECONDS - started)) s"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
