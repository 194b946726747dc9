#!/usr/bin/env bash
# Measures what tlscope costs at start and at attach, as medians of paired runs: CPU (user + system) of the whole process for
# -javaagent, wall time of the command for attach. Needs bash, a JDK and the built jars.
#   src/bench/startup.sh [PAIRS]        JAVA=/path/to/java chooses the JVM
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
pairs=${1:-21}
java=${JAVA:-java}
javac=$(dirname "$(readlink -f "$(command -v "$java")")")/javac
agent=$PWD/agent/target/tlscope.jar
demo=$PWD/demo-app/target/demo-app.jar
programs=$PWD/src/it/target/programs.jar
work=$(mktemp -d)
service=
finish() { [ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT

cat >"$work/Nothing.java" <<'J'
public class Nothing { public static void main(String[] a) { System.out.println("done"); } }
J
"$javac" -d "$work" "$work/Nothing.java"
"$java" -cp "$programs" dev.tlscope.it.peer.MakePki "$work/pki" >/dev/null

TIMEFORMAT='%R %U %S'
# Prints milliseconds of CPU (cpu) or of wall time (wall) that a command takes.
spent() {
  local kind=$1; shift
  { time "$@" >"$work/out" 2>"$work/err"; } 2>"$work/time"
  awk -v kind="$kind" '{ printf "%d\n", 1000 * (kind == "cpu" ? $2 + $3 : $1) }' "$work/time"
}
median() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }
spread() { sort -n "$1" | awk '{ v[NR] = $1 } END { print v[int((NR + 3) / 4)] " to " v[int((3 * NR + 3) / 4)] }'; }

# paired NAME AGENT-OPTION COMMAND...: extra CPU with the agent; AGENT in the command is replaced by the option
paired() {
  local name=$1; shift
  : >"$work/extra"
  for ((i = 0; i < pairs; i++)); do
    local without with
    without=$(spent cpu "$java" "$@")
    with=$(spent cpu "$java" "-javaagent:$agent=out=$work/captures,quiet=true,keep=all,secrets=on" "$@")
    echo $((with - without)) >>"$work/extra"
  done
  echo "| $name | $(median "$work/extra") ms | $(spread "$work/extra") ms |"
}

echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.runtime.version = //p'), $(nproc) cores, $(uname -m), $pairs runs each"
echo
echo "| measured | median | quartiles |"
echo "|---|---|---|"
paired "-javaagent, no TLS: extra CPU" -cp "$work" Nothing

"$java" -cp "$programs" dev.tlscope.it.peer.HandshakeServer --pki "$work/pki" --connections $((2 * pairs)) >"$work/server" &
service=$!
until grep -q listening "$work/server"; do sleep 0.1; done
port=$(awk '/^listening/ { print $2 }' "$work/server")
paired "-javaagent, one handshake: extra CPU" \
  -cp "$programs" dev.tlscope.it.peer.HandshakeClient --pki "$work/pki" --connect "localhost:$port"
wait "$service"

mkfifo "$work/commands"
"$java" -cp "$demo" dev.tlscope.demo.DemoService --clients 0 <"$work/commands" >"$work/service" 2>&1 &
service=$!
exec 9>"$work/commands"
until grep -q '^ready' "$work/service"; do sleep 0.1; done
pid=$(awk '/^ready/ { print $2 }' "$work/service")
for endpoint in orders payments; do
  echo "call $endpoint" >&9
done
until [ "$(grep -c '^ok' "$work/service")" = 2 ]; do sleep 0.1; done
: >"$work/attach"
for ((i = 0; i < pairs; i++)); do
  spent wall "$java" -jar "$agent" attach "$pid" --out "$work/attached" >>"$work/attach"
  "$java" -jar "$agent" detach "$pid" >/dev/null 2>&1
done
echo "| attach, command started to ended: wall time | $(median "$work/attach") ms | $(spread "$work/attach") ms |"
