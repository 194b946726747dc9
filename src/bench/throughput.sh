#!/usr/bin/env bash
# Measures what an attached tlscope costs on the data path, as medians of paired runs in one JVM each: TLS bulk and request/response
# over loopback, and a plain SocketChannel echo in a JVM that has created an SSLEngine (then socket reads and writes are woven).
#   src/bench/throughput.sh [PAIRS]     JAVA=/path/to/java chooses the JVM; needs the built jars
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
pairs=${1:-7}
java=${JAVA:-java}
javac=$(dirname "$(readlink -f "$(command -v "$java")")")/javac
agent=$PWD/agent/target/tlscope.jar
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/Throughput.java" <<'J'
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.security.KeyStore;
import javax.net.ssl.*;

public class Throughput {
    public static void main(String[] a) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(a[0])) { keys.load(in, a[1].toCharArray()); }
        KeyManagerFactory kmf = KeyManagerFactory.getInstance("SunX509");
        kmf.init(keys, a[1].toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(kmf.getKeyManagers(), new TrustManager[] {new Trusting()}, null);
        context.createSSLEngine();
        tls(context, 16384, 4000);
        tls(context, 100, 20000);
        echo(20000);
        System.out.printf("%d %d %d%n", tls(context, 16384, 24000), tls(context, 100, 60000), echo(60000));
    }

    /** Milliseconds for so many messages of a size there, and one byte back for each. */
    static long tls(SSLContext context, int size, int count) throws Exception {
        try (SSLServerSocket listener = (SSLServerSocket) context.getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket socket = listener.accept()) {
                    socket.setTcpNoDelay(true);
                    DataInputStream in = new DataInputStream(socket.getInputStream());
                    byte[] message = new byte[size];
                    for (int i = 0; i < count; i++) { in.readFully(message); socket.getOutputStream().write(1); }
                } catch (IOException e) { throw new UncheckedIOException(e); }
            });
            server.start();
            try (Socket socket = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
                socket.setTcpNoDelay(true);
                ((SSLSocket) socket).startHandshake();
                byte[] message = new byte[size];
                long start = System.nanoTime();
                for (int i = 0; i < count; i++) { socket.getOutputStream().write(message); socket.getInputStream().read(); }
                long spent = System.nanoTime() - start;
                server.join();
                return spent / 1000000;
            }
        }
    }

    static long echo(int count) throws Exception {
        try (ServerSocketChannel listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            Thread server = new Thread(() -> {
                try (SocketChannel channel = listener.accept()) {
                    ByteBuffer buffer = ByteBuffer.allocateDirect(64);
                    for (int i = 0; i < count; i++) {
                        buffer.clear();
                        while (buffer.hasRemaining()) { channel.read(buffer); }
                        buffer.flip();
                        while (buffer.hasRemaining()) { channel.write(buffer); }
                    }
                } catch (IOException e) { throw new UncheckedIOException(e); }
            });
            server.start();
            try (SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(64);
                long start = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    buffer.clear();
                    while (buffer.hasRemaining()) { channel.write(buffer); }
                    buffer.clear();
                    while (buffer.hasRemaining()) { channel.read(buffer); }
                }
                long spent = System.nanoTime() - start;
                server.join();
                return spent / 1000000;
            }
        }
    }

    static class Trusting extends X509ExtendedTrustManager {
        public void checkClientTrusted(java.security.cert.X509Certificate[] c, String s) {}
        public void checkServerTrusted(java.security.cert.X509Certificate[] c, String s) {}
        public void checkClientTrusted(java.security.cert.X509Certificate[] c, String s, Socket k) {}
        public void checkServerTrusted(java.security.cert.X509Certificate[] c, String s, Socket k) {}
        public void checkClientTrusted(java.security.cert.X509Certificate[] c, String s, SSLEngine k) {}
        public void checkServerTrusted(java.security.cert.X509Certificate[] c, String s, SSLEngine k) {}
        public java.security.cert.X509Certificate[] getAcceptedIssuers() { return new java.security.cert.X509Certificate[0]; }
    }
}
J
"$javac" --release 8 -nowarn -d "$work" "$work/Throughput.java" 2>/dev/null
keytool=$(dirname "$(readlink -f "$(command -v "$java")")")/keytool
"$keytool" -genkeypair -alias a -keyalg RSA -keysize 2048 -dname CN=localhost -validity 2 -storetype PKCS12 \
  -keystore "$work/keys.p12" -storepass changeit -keypass changeit 2>/dev/null
for ((i = 0; i < pairs; i++)); do
  "$java" -cp "$work" Throughput "$work/keys.p12" changeit >>"$work/without"
  "$java" "-javaagent:$agent=out=$work/captures,quiet=true" -cp "$work" Throughput "$work/keys.p12" changeit >>"$work/with"
done
echo "JDK $("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/ *java.runtime.version = //p'), $(nproc) cores, $(uname -m), $pairs runs each"
echo
echo "| measured | without | with tlscope | median of the paired ratios |"
echo "|---|---|---|---|"
names=("TLS 1.3, 24,000 records of 16 KiB" "TLS 1.3, 60,000 requests of 100 bytes" "plain SocketChannel, 60,000 echoes of 64 bytes")
for k in 1 2 3; do
  paste -d' ' "$work/without" "$work/with" | awk -v k=$k '{ print $k, $(k + 3), $(k + 3) / $k }' >"$work/pair"
  m() { sort -n -k"$1" "$work/pair" | awk -v c="$1" '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'; }
  echo "| ${names[k - 1]} | $(m 1) ms | $(m 2) ms | $(m 3) |"
done
