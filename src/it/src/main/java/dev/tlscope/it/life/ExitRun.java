package dev.tlscope.it.life;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.tls.Buffers;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/**
 * Runs failing handshakes, and then ends the JVM at once: {@code --failures N}, {@code --end exit} by System.exit or
 * {@code main} by the end of main, {@code --busy N} threads that compute all the time, {@code --first CLASS} of the JDK that is loaded
 * before all others of TLS.
 */
final class ExitRun {
    /** A fatal handshake_failure in a record of TLS 1.2 (RFC 5246, 6.2.1 and 7.2). */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private ExitRun() {}

    public static void main(String[] line) throws Exception {
        Arguments arguments = Arguments.parse(
                line, Arrays.asList("--failures", "--end", "--busy", "--first"), Collections.emptyList());
        Class.forName(arguments.value("--first", "java.lang.Object"), false, null);
        SSLContext context = SSLContext.getDefault();
        int busy = arguments.number("--busy", 0, 0, 64);
        for (int i = 0; i < busy; i++) {
            Thread thread = new Thread(ExitRun::compute, "busy-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        int failures = arguments.number("--failures", 1, 1, 100_000);
        int failed = 0;
        for (int i = 0; i < failures; i++) {
            failed += fails(context) ? 1 : 0;
        }
        if (failed != failures) {
            throw new IllegalStateException("only " + failed + " failed");
        }
        if (arguments.choice("--end", "main", "exit").equals("exit")) {
            System.exit(0);
        }
    }

    private static boolean fails(SSLContext context) throws SSLException {
        SSLEngine engine = context.createSSLEngine("exit.demo.internal", 443);
        engine.setUseClientMode(true);
        engine.wrap(Buffers.empty(), ByteBuffer.allocate(1 << 15));
        try {
            engine.unwrap(ByteBuffer.wrap(ALERT), ByteBuffer.allocate(1 << 15));
            return false;
        } catch (SSLException e) {
            return true;
        }
    }

    private static void compute() {
        double value = 1;
        while (value > 0) {
            value = Math.abs(Math.sin(value)) + 1;
        }
    }
}
