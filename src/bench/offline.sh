#!/usr/bin/env bash
# Measures how fast the offline commands read a long capture, compared with tshark on the same file. The capture (long-capture.sh)
# needs about 14 kB of disk per connection in a temporary directory, and is deleted at the end. Needs the built jars.
#   src/bench/offline.sh [CONNECTIONS [RUNS]]     FAILED=5: how many of a hundred fail; JSON=no skips the export
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
connections=${1:-1000000}
runs=${2:-3}
failed=${FAILED:-5}
java=${JAVA:-java}
agent=$PWD/agent/target/tlscope.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
free=$(df -Pk "$work" | awk 'NR == 2 { print $4 }')
if ((free < connections * 20)); then
  echo "$work has ${free} kB free, $((connections * 20)) are needed; set TMPDIR, or use fewer connections" >&2
  exit 1
fi

src/bench/long-capture.sh "$work" "$connections" "$failed"

# Appends user and system CPU seconds, wall seconds and MB of memory, unless the command failed.
measure() {  # NAME COMMAND...
  local name=$1
  shift
  for ((i = 0; i < runs; i++)); do
    if /usr/bin/time -o "$work/time" -f '%U %S %e %M' "$@" >"$work/out" 2>"$work/err"; then
      awk '{ printf "%.1f %.1f %.0f\n", $1 + $2, $3, $4 / 1024 }' "$work/time" >>"$work/$name"
    fi
  done
  rm -f "$work/out"
}
median() {  # NAME COLUMN
  sort -n -k"$2" "$work/$1" 2>/dev/null | awk -v c="$2" '{ v[NR] = $c } END { if (NR) print v[int((NR + 1) / 2)]; else print "-" }'
}

measure tshark tshark -r "$work/long.pcapng" -q -z io,stat,0
measure explain "$java" -Xmx256m -jar "$agent" explain "$work/long.pcapng"
if [ "${JSON:-yes}" = yes ]; then
  measure json sh -c "exec '$java' -Xmx256m -jar '$agent' export --to json '$work/long.pcapng' | cat >/dev/null"
fi

echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.runtime.version = //p'), $(tshark --version 2>/dev/null | sed -n "1s/ (Git.*//p"), $(nproc) cores, $(uname -m)"
echo "$connections connections, $failed of 100 failed, $(($(stat -c %s "$work/long.pcapng") / 1000000)) MB, $runs runs each"
echo
echo "| command | CPU, user and system | wall time | memory | CPU beside tshark |"
echo "|---|---|---|---|---|"
row() {  # NAME COMMAND
  [ -s "$work/$1" ] || { echo "| $2 | did not end | | | |"; return; }
  echo "| $2 | $(median "$1" 1) s | $(median "$1" 2) s | $(median "$1" 3) MB | $(awk -v a="$(median tshark 1)" -v b="$(median "$1" 1)" 'BEGIN { if (a + 0) printf "%.2f", b / a }') |"
}
row tshark '`tshark -q -z io,stat,0`'
row explain '`explain`, 256 MB heap'
[ "${JSON:-yes}" = no ] || row json '`export --to json`, 256 MB heap'
