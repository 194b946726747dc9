#!/usr/bin/env bash
# Measures what handshakes cost with tlscope attached, by figures that do not scatter with the machine: tlscope's share of the CPU samples of
# a JVM that does nothing but handshakes (two SSLEngines in memory, EC keys), and the bytes that a handshake allocates more than without.
# Only what follows 1,500 handshakes counts. The compilers run in the foreground (-Xbatch) and begin after a tenth of the usual number of
# calls: a service that has run for a day has compiled code, and on a loaded machine a JVM of a minute has not, with or without tlscope.
#   src/bench/share.sh [SECONDS]     JAVA=/path/to/java chooses the JVM (11 or later); needs agent/target/tlscope.jar
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
seconds=${1:-20}
java=${JAVA:-java}
home=$(dirname "$(dirname "$(readlink -f "$(command -v "$java")")")")
agent=$PWD/agent/target/tlscope.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/Handshakes.java" <<'J'
import java.io.*;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.KeyStore;
import javax.net.ssl.*;

public class Handshakes {
    static SSLContext context;

    public static void main(String[] a) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(a[0])) { keys.load(in, "changeit".toCharArray()); }
        KeyManagerFactory managers = KeyManagerFactory.getInstance("SunX509");
        managers.init(keys, "changeit".toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(keys);
        context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), trust.getTrustManagers(), null);
        boolean resumed = a[2].equals("resumed");
        long millis = Long.parseLong(a[3]) * 1000;
        for (int i = 0; i < 1_500; i++) { handshake(a[1], resumed); }
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        long bytes = threads.getThreadAllocatedBytes(self);
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.currentTimeMillis();
        int count = run(a[1], resumed, millis);
        System.out.println(start + " " + count + " " + (threads.getThreadAllocatedBytes(self) - bytes) / count / 2 + " "
                + (threads.getCurrentThreadCpuTime() - cpu) / count / 1000);
    }

    static int run(String protocol, boolean resumed, long millis) throws Exception {
        int count = 0;
        for (long end = System.currentTimeMillis() + millis; System.currentTimeMillis() < end; count++) { handshake(protocol, resumed); }
        return count;
    }

    static void handshake(String protocol, boolean resumed) throws Exception {
        SSLEngine client = resumed ? context.createSSLEngine("service.example", 443) : context.createSSLEngine();
        SSLEngine server = context.createSSLEngine();
        client.setUseClientMode(true);
        server.setUseClientMode(false);
        client.setEnabledProtocols(new String[] {protocol});
        ByteBuffer none = ByteBuffer.allocate(0), up = ByteBuffer.allocate(40000), down = ByteBuffer.allocate(40000), plain = ByteBuffer.allocate(40000);
        client.beginHandshake();
        for (int idle = 0; idle < 3; ) {
            boolean moved = step(client, none, up, down, plain) | step(server, none, down, up, plain);
            idle = moved ? 0 : idle + 1;
        }
        client.closeOutbound();
        while (!client.isOutboundDone()) { client.wrap(none, up); }
        up.flip(); server.unwrap(up, plain); up.compact();
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

cat >"$work/Share.java" <<'J'
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.*;

/** Prints which share of a recording's samples since a time has a frame of tlscope, on the application's threads, and the share of tlscope's own threads. */
public class Share {
    public static void main(String[] a) throws Exception {
        long all = 0, own = 0, theirs = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(Path.of(a[0]))) {
            if (!event.getEventType().getName().equals("jdk.ExecutionSample") || event.getStackTrace() == null) { continue; }
            if (event.getStartTime().toEpochMilli() < Long.parseLong(a[1])) { continue; }
            all++;
            boolean tlscope = false;
            for (RecordedFrame frame : event.getStackTrace().getFrames()) {
                String type = frame.getMethod() == null ? "" : frame.getMethod().getType().getName(); // a class that is unloaded
                tlscope |= type.startsWith("dev.tlscope.") || type.contains("TlscopeTap");
            }
            RecordedThread thread = event.getThread("sampledThread");
            boolean writer = thread != null && thread.getJavaName() != null && thread.getJavaName().startsWith("tlscope-");
            own += writer ? 1 : 0;
            theirs += tlscope && !writer ? 1 : 0;
        }
        System.out.printf("%d %.1f %.1f%n", all, 100.0 * own / all, 100.0 * theirs / all);
    }
}
J

cat >"$work/samples.jfc" <<'J'
<?xml version="1.0" encoding="UTF-8"?>
<configuration version="2.0">
  <event name="jdk.ExecutionSample"><setting name="enabled">true</setting><setting name="period">2 ms</setting></event>
  <event name="tlscope.Handshake"><setting name="enabled">false</setting></event>
  <event name="tlscope.HandshakeFailure"><setting name="enabled">false</setting></event>
  <event name="tlscope.CertificatePath"><setting name="enabled">false</setting></event>
</configuration>
J
sed 's/<event name="tlscope\([^>]*\)><setting name="enabled">false/<event name="tlscope\1><setting name="enabled">true/' "$work/samples.jfc" >"$work/events.jfc"
"$home/bin/keytool" -genkeypair -keyalg EC -groupname secp256r1 -dname CN=service.example -ext san=dns:service.example \
  -keystore "$work/keys.p12" -storetype PKCS12 -storepass changeit -alias service 2>"$work/keytool"
"$home/bin/keytool" -exportcert -keystore "$work/keys.p12" -storepass changeit -alias service -file "$work/cert" 2>>"$work/keytool"
"$home/bin/keytool" -importcert -noprompt -keystore "$work/keys.p12" -storepass changeit -alias root -file "$work/cert" 2>>"$work/keytool"
"$home/bin/javac" -d "$work" "$work/Handshakes.java" "$work/Share.java"

# measure OPTIONS|- SETTINGS PROTOCOL KIND: prints "BYTES CPU-MICROS SAMPLES SHARE-OF-TLSCOPES-THREADS SHARE-ON-APPLICATION-THREADS"
measure() {
  local options=()
  [ "$1" = - ] || options=("-javaagent:$agent=quiet=true,out=$work/captures,$1")
  rm -rf "$work/captures"
  local counted start rest
  counted=$("$java" ${options[@]+"${options[@]}"} -Xmx512m -Xbatch -XX:CompileThresholdScaling=0.1 \
    "-XX:StartFlightRecording:settings=$work/$2.jfc,filename=$work/run.jfr" -XX:FlightRecorderOptions:stackdepth=128 \
    -cp "$work" Handshakes "$work/keys.p12" "$3" "$4" "$seconds" | tail -n 1)
  read -r start _ rest <<<"$counted"
  echo "$rest $("$home/bin/java" -cp "$work" Share "$work/run.jfr" "$start")"
}

echo "$("$java" -version 2>&1 | sed -n 's/.*build \(.*\))/JDK \1/p' | head -1), $(nproc) cores, $(uname -m), $seconds s each, samples every 2 ms"
echo
echo "| handshake | tlscope | samples | share on application threads | tlscope's own threads | more bytes allocated per end | CPU per handshake |"
echo "|---|---|---|---|---|---|---|"
for kind in "TLSv1.3 full" "TLSv1.3 resumed" "TLSv1.2 full"; do
  # shellcheck disable=SC2086
  read -r bytes cpu samples _ _ <<<"$(measure - samples $kind)"
  echo "| $kind | not there | $samples | | | $bytes allocated | $cpu us |"
  for options in "keep=failures samples" "keep=failures,log=app samples" "keep=failures events" "keep=all,secrets=on,records=all samples"; do
    # shellcheck disable=SC2086
    read -r more used samples own theirs <<<"$(measure $options $kind)"
    echo "| $kind | ${options% samples} | $samples | $theirs % | $own % | $((more - bytes)) | $used us |"
  done
done
