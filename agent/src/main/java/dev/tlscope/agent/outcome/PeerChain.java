package dev.tlscope.agent.outcome;

import dev.tlscope.agent.record.HandshakeOutcome;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of the peer's last Certificate message (RFC 8446, 4.4.2; RFC 5246, 7.4.2). Bytes that do not parse give none: the
 * offline commands say what is wrong with them.
 */
final class PeerChain {
    private static final int HEADER = 4;
    private static final int MOST = 10;

    private PeerChain() {}

    /** Leaf first; empty when none was received or is known. */
    static List<X509Certificate> of(HandshakeOutcome outcome) {
        byte[] received = received(outcome);
        List<X509Certificate> chain = Collections.emptyList();
        int at = 0;
        while (at + HEADER <= received.length) {
            int length = u24(received, at + 1);
            if (length > received.length - at - HEADER) {
                break;
            }
            if ((received[at] & 0xff) == HandshakeType.CERTIFICATE.number()) {
                chain = read(received, at + HEADER, at + HEADER + length);
            }
            at += HEADER + length;
        }
        return chain;
    }

    private static byte[] received(HandshakeOutcome outcome) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Event message : outcome.all(EventType.MESSAGE)) {
            byte[] bytes = message.bytes(Field.BYTES);
            if (bytes != null
                    && message.isReceived()
                    && message.number(Field.CONTENT_TYPE, 0) == ContentType.HANDSHAKE) {
                all.write(bytes, 0, bytes.length);
            }
        }
        return all.toByteArray();
    }

    /** TLS 1.3 has a context before the list, which is empty in a handshake, and extensions behind each certificate. */
    private static List<X509Certificate> read(byte[] bytes, int from, int end) {
        boolean before13 = end - from >= 3 && u24(bytes, from) == end - from - 3;
        boolean tls13 = end - from >= 4 && bytes[from] == 0 && u24(bytes, from + 1) == end - from - 4;
        List<X509Certificate> chain = new ArrayList<>();
        if (before13 == tls13) {
            return chain;
        }
        int at = from + (tls13 ? 4 : 3);
        while (at + 3 <= end && chain.size() < MOST) {
            int length = u24(bytes, at);
            int next = at + 3 + length;
            X509Certificate certificate = next > end ? null : certificate(bytes, at + 3, length);
            if (certificate == null) {
                return chain;
            }
            chain.add(certificate);
            if (tls13) {
                if (next + 2 > end) {
                    return chain;
                }
                next += 2 + ((bytes[next] & 0xff) << 8 | (bytes[next + 1] & 0xff));
            }
            at = next;
        }
        return chain;
    }

    private static @Nullable X509Certificate certificate(byte[] bytes, int from, int length) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(bytes, from, length));
        } catch (CertificateException | RuntimeException e) {
            return null;
        }
    }

    private static int u24(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 16 | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff);
    }
}
