package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailedRecord;
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
import org.jspecify.annotations.Nullable;

/**
 * malformed-message, unexpected-message: a record arrived while encrypted ones were expected, and its length or type
 * shows that it is not encrypted. This differs from a wrong tag, because nothing was decrypted.
 */
final class OddProtectedRecord implements Cause {
    private static final int HEADER = 5;
    private static final int MESSAGE_HEADER = 4;
    private static final int MOST_SHOWN = 16;
    private static final String BAD_TAG = "javax.crypto.AEADBadTagException";

    /** sun.security.ssl.SSLCipher: the fragment is no longer than the tag, or than explicit nonce and tag. */
    private static final Pattern TOO_SHORT =
            Pattern.compile("Insufficient buffer remaining for AEAD cipher fragment \\((\\d{1,6})\\)");

    @Override
    public List<CauseId> ids() {
        return List.of(MalformedMessage.MALFORMED_MESSAGE, UnexpectedMessage.UNEXPECTED_MESSAGE);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        if (PlaintextAlert.description(handshake).isPresent()) {
            return Optional.empty(); // the peer ended it before it had its keys, and says why
        }
        Optional<String> length = handshake.raised() ? tooShort(handshake) : Optional.empty();
        byte[] last = handshake.lastReceived();
        if (length.isEmpty()) {
            return handshake.raised() ? plain13(handshake).or(() -> noBlocks(handshake)) : Optional.empty();
        }
        if (last == null || last.length != HEADER + Integer.parseInt(length.get())) {
            return Optional.of(tooShort(handshake, length.get(), null));
        }
        if (last[0] == ContentType.ALERT) {
            return Optional.empty(); // an alert in plain text, which other causes handle
        }
        return Optional.of(seen(handshake, last, length.get()));
    }

    /**
     * Every protected record of TLS 1.3 has the type of application data (RFC 8446, 5.2), so a failed record of another
     * type is not protected.
     */
    private static Optional<Finding> plain13(Handshake handshake) {
        Event failure = handshake.failure();
        List<Event> received = FailedRecord.received(handshake);
        if (failure == null || received.isEmpty() || !handshake.isTls13() || !handshake.threw(BAD_TAG)) {
            return Optional.empty();
        }
        Event last = received.get(received.size() - 1);
        byte[] record = last.bytes(Field.BYTES);
        boolean plain = record != null
                && record.length > HEADER
                && record[0] == ContentType.HANDSHAKE
                && failure.number(Field.EPOCH, 0) > 0
                && last.number(Field.EPOCH, -1) == 0;
        return plain && record != null
                ? Optional.of(unexpected(handshake, plainName(record) + " in plain text", record))
                : Optional.empty();
    }

    private static String plainName(byte[] record) {
        return isPlainMessage(record)
                ? HandshakeTypes.nameOf(record[HEADER] & 0xff)
                : "a record of content type " + record[0];
    }

    /**
     * A record of a block cipher has a whole number of blocks: explicit IV, content, MAC and padding (RFC 5246,
     * 6.2.3.2). JSSE's reaction to any other depends on the update.
     */
    private static Optional<Finding> noBlocks(Handshake handshake) {
        String suite = handshake.cipherSuite();
        byte[] record = FailedRecord.of(handshake).map(FailedRecord::bytes).orElse(null);
        if (suite == null || !suite.contains("_CBC_") || record == null || record.length < HEADER) {
            return Optional.empty();
        }
        if (record[0] == ContentType.ALERT && record.length == HEADER + 2) {
            return Optional.empty(); // an alert in plain text: others look at what it says
        }
        if (record[0] == ContentType.HANDSHAKE && isPlainMessage(record)) {
            return Optional.of(unexpected(handshake, plainName(record) + " in plain text", record));
        }
        int block = suite.contains("3DES") || suite.contains("_DES") || suite.contains("IDEA") ? 8 : 16;
        int mac = suite.endsWith("_SHA384") ? 48 : suite.endsWith("_SHA256") ? 32 : suite.endsWith("_MD5") ? 16 : 20;
        boolean explicit = handshake.protocol() != null && !"TLSv1".equals(handshake.protocol());
        int least = (mac / block + 1) * block + (explicit ? block : 0);
        int length = record.length - HEADER;
        if (length % block == 0 && length >= least) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                Confidence.CERTAIN,
                "The peer sent a record of " + length + " bytes under " + suite + ", which has blocks of " + block
                        + " bytes and makes no record of less than " + least + ".",
                FailureEvidence.with(
                        handshake,
                        new Evidence("length of the record", length + " bytes"),
                        new Evidence("cipher suite", suite),
                        new Evidence(
                                "what is wrong", length % block == 0 ? "too short" : "not a whole number of blocks")),
                fix(handshake)));
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
                ? tooShort(handshake, length, record)
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
                        new Evidence(
                                "record", HexFormat.of().formatHex(record, 0, Math.min(record.length, MOST_SHOWN)))),
                fix(handshake));
    }

    /** JSSE states the length; the record itself, if it was captured, confirms it. */
    private static Finding tooShort(Handshake handshake, String length, byte @Nullable [] record) {
        return new Finding(
                MalformedMessage.MALFORMED_MESSAGE,
                record == null ? Confidence.LIKELY : Confidence.CERTAIN,
                "The peer sent a record of " + length
                        + " bytes where encrypted ones are due: it is too short to have a tag.",
                FailureEvidence.with(
                        handshake,
                        new Evidence("length of the record", length + " bytes"),
                        new Evidence(
                                "record",
                                record == null
                                        ? "not captured"
                                        : HexFormat.of().formatHex(record, 0, Math.min(record.length, MOST_SHOWN))),
                        Evidence.captured("cipher suite", handshake.cipherSuite())),
                fix(handshake));
    }

    private static List<String> fix(Handshake handshake) {
        return List.of(
                "Find out which TLS implementation the " + handshake.peerRole()
                        + " has, and its version: it, or something in between, made this record.",
                "Look at the bytes: tlscope show --hex CAPTURE, or open the capture in Wireshark.");
    }
}
