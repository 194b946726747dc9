package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.registry.HandshakeTypes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.ContentType;
import dev.tlscope.tls.HandshakeType;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * malformed-message, unexpected-message: a record arrived while encrypted ones were expected, and its length or type
 * shows that it is not encrypted. This differs from a wrong tag, because nothing was decrypted.
 */
final class OddProtectedRecord implements Cause {
    private static final int HEADER = 5;
    private static final int MESSAGE_HEADER = 4;

    /** sun.security.ssl.SSLCipher: the fragment is no longer than the tag, or than explicit nonce and tag. */
    private static final Pattern TOO_SHORT =
            Pattern.compile("Insufficient buffer remaining for AEAD cipher fragment \\((\\d{1,6})\\)");

    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE, UnexpectedMessage.UNEXPECTED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Optional<String> length = handshake.raised() ? tooShort(handshake) : Optional.empty();
        if (length.isEmpty()) {
            return Optional.empty();
        }
        byte[] last = handshake.lastReceived();
        if (last == null || last.length != HEADER + Integer.parseInt(length.get())) {
            return Optional.of(unseen(handshake, length.get()));
        }
        if (last[0] == ContentType.ALERT) {
            return Optional.empty(); // an alert in plain text, which other causes handle
        }
        return Optional.of(seen(handshake, last, length.get()));
    }

    private static Optional<String> tooShort(Handshake handshake) {
        Event failure = handshake.failure();
        List<String> exceptions = failure == null ? List.of() : failure.texts(Field.EXCEPTION);
        return exceptions.stream()
                .map(TOO_SHORT::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static Finding seen(Handshake handshake, byte[] record, String length) {
        int type = record[0] & 0xff;
        if (type == ContentType.HANDSHAKE && isPlainMessage(record)) {
            String name = HandshakeTypes.nameOf(record[HEADER] & 0xff);
            return unexpected(handshake, name + " in plain text", record);
        }
        if (type == ContentType.CHANGE_CIPHER_SPEC && length.equals("1")) {
            return unexpected(handshake, "ChangeCipherSpec", record);
        }
        boolean encryptedType = type == ContentType.APPLICATION_DATA || !handshake.isTls13();
        return encryptedType
                ? unseen(handshake, length)
                : unexpected(handshake, "an unencrypted record of content type " + type, record);
    }

    /** True for a plain-text handshake message, whose length matches that of the record. */
    private static boolean isPlainMessage(byte[] record) {
        if (record.length < HEADER + MESSAGE_HEADER || HandshakeType.of(record[HEADER]) == null) {
            return false;
        }
        int length = (record[HEADER + 1] & 0xff) << 16 | (record[HEADER + 2] & 0xff) << 8 | (record[HEADER + 3] & 0xff);
        return length == record.length - HEADER - MESSAGE_HEADER;
    }

    private static Finding unexpected(Handshake handshake, String what, byte[] record) {
        return new Finding(
                UnexpectedMessage.UNEXPECTED_MESSAGE,
                Confidence.CERTAIN,
                "The peer sent " + what + " where encrypted records are due.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("received", what),
                        new Evidence("record", HexFormat.of().formatHex(record, 0, Math.min(record.length, 16)))),
                fix(handshake));
    }

    private static Finding unseen(Handshake handshake, String length) {
        return new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                "The peer sent a record of " + length
                        + " bytes where encrypted ones are due: it is too short to have a tag.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("length of the record", length + " bytes"),
                        new Evidence("cipher suite", String.valueOf(handshake.cipherSuite()))),
                fix(handshake));
    }

    private static List<String> fix(Handshake handshake) {
        return List.of(
                "Find out which TLS implementation the " + handshake.peerRole()
                        + " has, and its version: it, or something in between, made this record.",
                "See the bytes: tlscope show --hex CAPTURE, or open the capture in Wireshark.");
    }
}
