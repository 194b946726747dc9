package dev.tlscope.it.listen;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.RecordingStream;

/** {@code StreamedFailures PKI-DIR}: the example of listen.md, in a JVM with one failing call. Runs on JDK 14 and later. */
public final class StreamedFailures {
    private StreamedFailures() {}

    public static void main(String[] line) throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        try (RecordingStream stream = new RecordingStream()) {
            stream.onEvent("tlscope.HandshakeFailure", failure -> {
                if (failure.getString("tlscopeRole").equals("client")) {
                    System.out.println(
                            "alert " + failure.getString("errorType") + " " + failure.getString("serverAddress"));
                    both.countDown();
                }
            });
            stream.onEvent("tlscope.CertificatePath", certificate -> {
                Instant soon = Instant.now().plus(14, ChronoUnit.DAYS);
                if (certificate.getInstant("notAfter").isBefore(soon)) {
                    System.out.println("warn " + certificate.getString("subject"));
                    both.countDown();
                }
            });
            stream.startAsync();
            System.out.println(new FailingCalls(line[0], "none").answer("call expired-rsa"));
            both.await();
        }
    }
}
