#!/usr/bin/env bash
# Compares what tools that show TLS of a JVM cost: CPU time of the whole process for each handshake, as a ratio to the same JVM without any, and
# bytes written for each handshake. The tools run in turn, ROUNDS times; the figures are medians of the ratios within a round, because the
# machine's speed changes more between rounds than within one. A handshake is TLS 1.3 between two SSLEngines in memory, EC keys, that completes.
#   src/bench/comparison.sh [ROUNDS [HANDSHAKES]]     JAVA=/path/to/java chooses the JVM (17 or later); needs agent/target/tlscope.jar
#   EXTRACT=extract-tls-secrets.jar measures that agent too: mvn dependency:copy -Dartifact=name.neykov:extract-tls-secrets:4.0.0
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
rounds=${1:-5}
count=${2:-1500}
java=${JAVA:-java}
home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
agent=$PWD/agent/target/tlscope.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/Compared.java" <<'J'
import com.sun.management.OperatingSystemMXBean;
import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import javax.net.ssl.*;

public class Compared {
    public static void main(String[] a) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(a[0])) { keys.load(in, "changeit".toCharArray()); }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keys);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        int count = Integer.parseInt(a[1]);
        for (int i = 0; i < count / 2; i++) { handshake(context); }
        OperatingSystemMXBean process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        for (int i = 0; i < count; i++) { handshake(context); }
        System.out.println((process.getProcessCpuTime() - cpu) / count / 1000);
    }

    static void handshake(SSLContext context) throws Exception {
        SSLEngine client = context.createSSLEngine(), server = context.createSSLEngine();
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        client.setEnabledProtocols(new String[] {"TLSv1.3"});
        ByteBuffer none = ByteBuffer.allocate(0), up = ByteBuffer.allocate(40000), down = ByteBuffer.allocate(40000), plain = ByteBuffer.allocate(40000);
        client.beginHandshake();
        for (int idle = 0; idle < 3; ) {
            boolean moved = step(client, none, up, down, plain) | step(server, none, down, up, plain);
            idle = moved ? 0 : idle + 1;
        }
        client.closeOutbound();
        while (!client.isOutboundDone()) { client.wrap(none, up); }
        up.flip(); server.unwrap(up, plain);
        server.closeOutbound();
        while (!server.isOutboundDone()) { server.wrap(none, down); }
        down.flip(); client.unwrap(down, plain);
    }

    static boolean step(SSLEngine engine, ByteBuffer none, ByteBuffer out, ByteBuffer in, ByteBuffer plain) throws Exception {
        boolean moved = false;
        if (engine.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.NEED_WRAP) { moved = engine.wrap(none, out).bytesProduced() > 0; }
        in.flip();
        while (in.hasRemaining()) {
            SSLEngineResult result = engine.unwrap(in, plain);
            for (Runnable task; (task = engine.getDelegatedTask()) != null; ) { task.run(); }
            moved |= result.bytesConsumed() > 0;
            if (result.bytesConsumed() == 0) { break; }
        }
        in.compact();
        return moved;
    }
}
J

store="$work/keys.p12"
"$home/bin/keytool" -genkeypair -keyalg EC -groupname secp256r1 -dname CN=service.example -keystore "$store" -storetype PKCS12 \
  -storepass changeit -alias service 2>"$work/keytool"
"$home/bin/keytool" -exportcert -keystore "$store" -storepass changeit -alias service -file "$work/cert" 2>>"$work/keytool"
"$home/bin/keytool" -importcert -noprompt -keystore "$store" -storepass changeit -alias root -file "$work/cert" 2>>"$work/keytool"
"$home/bin/javac" -d "$work" "$work/Compared.java"

# run TOOL OPTIONS...: appends "CPU-MICROS BYTES-A-HANDSHAKE" to the tool's file. What the tools write goes below $work/out.
run() {
  local tool=$1 cpu bytes
  shift
  rm -rf "$work/out"
  mkdir -m 700 "$work/out"
  cpu=$("$java" "$@" -Xmx512m -cp "$work" Compared "$store" "$count" 2>"$work/out/stderr" | tail -1) # JFR prints a line, too
  bytes=$(find "$work/out" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum + 0 }')
  echo "$cpu $((bytes / (count + count / 2)))" >>"$work/$tool.figures"
}

for _ in $(seq "$rounds"); do
  run none
  run tlscope-failures "-javaagent:$agent=quiet=true,out=$work/out,keep=failures"
  run tlscope-all "-javaagent:$agent=quiet=true,out=$work/out,keep=all"
  run tlscope-all-secrets "-javaagent:$agent=quiet=true,out=$work/out,keep=all,secrets=on"
  run debug-handshake -Djavax.net.debug=ssl:handshake
  run debug-all -Djavax.net.debug=all
  run jfr-tls "-XX:StartFlightRecording:filename=$work/out/tls.jfr,settings=none,+jdk.TLSHandshake#enabled=true,+jdk.X509Certificate#enabled=true"
  [ -z "${EXTRACT:-}" ] || run extract-tls-secrets "-javaagent:$EXTRACT=$work/out/secrets.log"
done

"$java" -version 2>&1 | tail -1
printf '%-22s %12s %8s %12s\n' tool "CPU us" ratio "bytes"
for figures in "$work"/*.figures; do
  tool=$(basename "$figures" .figures)
  paste -d ' ' "$work/none.figures" "$figures" | awk '{ printf "%d %.3f %d\n", $3, $3 / $1, $4 }' >"$work/ratios"
  median() { cut -d ' ' -f "$1" "$work/ratios" | sort -n | sed -n "$(((rounds + 1) / 2))p"; }
  printf '%-22s %12s %8s %12s\n' "$tool" "$(median 1)" "$(median 2)" "$(median 3)"
done | sort -k3,3n
