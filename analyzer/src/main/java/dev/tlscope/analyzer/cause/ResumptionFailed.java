package dev.tlscope.analyzer.cause;

import dev.tlscope.analyzer.evidence.FailureEvidence;
import dev.tlscope.analyzer.evidence.MessageFields;
import dev.tlscope.analyzer.evidence.TransportLoss;
import dev.tlscope.analyzer.finding.Candidate;
import dev.tlscope.analyzer.finding.CauseId;
import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.finding.FixedBy;
import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.ResumedSession;
import dev.tlscope.tls.AlertDescription;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * resumption-failed: a session was offered or resumed, and the two sides have different data for it (RFC 8446, 2.2; RFC
 * 5246, 7.3; RFC 7627, 5.3).
 */
final class ResumptionFailed implements Cause {
    static final CauseId RESUMPTION_FAILED = CauseId.of(
            "resumption-failed",
            FixedBy.EITHER,
            "A session was offered or resumed, and the two sides' data of it differs.",
            "the session and when it was made; binder, selected_identity, or extended_master_secret beside it",
            "Look at what changed on the side that did not accept it: a restart, an update, servers without shared keys.",
            "RFC 8446, 4.2.11; RFC 7627, 5.3; RFC 5246, 7.4.1.3");

    /**
     * illegal_parameter, decrypt_error, unknown_psk_identity: a server's alerts about a PSK (RFC 8446, 4.2.11 and 6.2).
     */
    private static final AlertDescription[] ABOUT_THE_PSK = {
        AlertDescription.ILLEGAL_PARAMETER, AlertDescription.DECRYPT_ERROR, AlertDescription.UNKNOWN_PSK_IDENTITY
    };

    /** What a server says when it finds nothing that it takes, or fails itself, before its ServerHello. */
    private static final AlertDescription[] NOTHING_IN_COMMON = {
        AlertDescription.HANDSHAKE_FAILURE,
        AlertDescription.INTERNAL_ERROR,
        AlertDescription.DECODE_ERROR,
        AlertDescription.UNEXPECTED_MESSAGE
    };

    @Override
    public List<CauseId> ids() {
        return List.of(RESUMPTION_FAILED);
    }

    @Override
    public Optional<Finding> examine(Handshake handshake) {
        Optional<Hello> hello = handshake.clientHello();
        if (hello.isEmpty() || TransportLoss.connectionLost(handshake)) {
            return Optional.empty();
        }
        boolean offersPsk = hello.get().has(ExtensionType.PRE_SHARED_KEY);
        if (offersPsk
                && handshake.isClient()
                && handshake.received(ABOUT_THE_PSK)
                && handshake.message(HandshakeType.SERVER_HELLO, false).isEmpty()) {
            return Optional.of(finding(
                    handshake,
                    Confidence.LIKELY,
                    "the server refused the ClientHello, whose pre_shared_key it could not accept",
                    "pre_shared_key"));
        }
        Optional<Finding> refused = refusedOffer(handshake, hello.get(), offersPsk);
        if (refused.isPresent() || !handshake.raised()) {
            return refused;
        }
        return handshake.isClient()
                ? atServerHello(handshake, hello.get())
                : atClientHello(handshake, hello.get(), offersPsk);
    }

    /**
     * JSSE offers a session only to the host and port that it has it from, and offers besides it what it offered then: a server
     * that once found something in common and now does not has stumbled over the session.
     */
    private static Optional<Finding> refusedOffer(Handshake handshake, Hello hello, boolean offersPsk) {
        byte[] ticket = hello.extension(ExtensionType.SESSION_TICKET);
        boolean offers = handshake.session() != null && (offersPsk || (ticket != null && ticket.length > 0));
        boolean refused = handshake.isClient()
                && handshake.received(NOTHING_IN_COMMON)
                && handshake.message(HandshakeType.SERVER_HELLO, false).isEmpty();
        if (!offers || !refused) {
            return Optional.empty();
        }
        String what = offersPsk ? "pre_shared_key" : "session_ticket";
        return Optional.of(
                finding(
                                handshake,
                                Confidence.LIKELY,
                                "the server refused a ClientHello with the ticket of an earlier connection (" + what
                                        + "), where it should have continued with a full handshake",
                                what)
                        .or(
                                Candidate.possible(
                                        NoCommonCipherSuite.NO_COMMON_CIPHER_SUITE,
                                        "whether a connection without a ticket fails as well: then the server changed what it accepts")));
    }

    private static Optional<Finding> atClientHello(Handshake handshake, Hello hello, boolean offersPsk) {
        boolean early = handshake.messages().stream().noneMatch(message -> message.sent() && message.isHandshake());
        if (early && offersPsk && handshake.cameThrough("PreSharedKeyExtension")) {
            return Optional.of(finding(
                    handshake,
                    Confidence.CERTAIN,
                    "the binder of the client's pre_shared_key does not verify: its secret, or its ClientHello, is not the"
                            + " one that this server has",
                    "binder"));
        }
        boolean secretMissing = early
                && handshake.session() != null
                && !hello.has(ExtensionType.EXTENDED_MASTER_SECRET)
                && handshake.cameThrough("ExtendedMasterSecretExtension");
        return secretMissing
                ? Optional.of(finding(
                        handshake,
                        Confidence.CERTAIN,
                        "the session was made with extended_master_secret, and the client's ClientHello lacks it",
                        "extended_master_secret"))
                : Optional.empty();
    }

    private static Optional<Finding> atServerHello(Handshake handshake, Hello hello) {
        MessageFields decoded = MessageFields.of(handshake);
        Optional<DecodedMessage> last = decoded.lastReceived(HandshakeType.SERVER_HELLO);
        if (last.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt identity = MessageFields.number(last.get(), "extensions", "pre_shared_key", "selected_identity");
        if (identity.isPresent()) {
            int offered = decoded.last(HandshakeType.CLIENT_HELLO, true)
                    .flatMap(sent -> sent.find("extensions", "pre_shared_key", "identities"))
                    .map(list -> list.children().size())
                    .orElse(0);
            return identity.getAsInt() < offered
                    ? Optional.empty()
                    : Optional.of(finding(
                            handshake,
                            Confidence.CERTAIN,
                            "the server selected identity " + identity.getAsInt() + ", and " + offered
                                    + " were offered",
                            "selected_identity"));
        }
        boolean echoed = isEchoed(decoded) && handshake.session() != null && !handshake.isTls13();
        boolean secretMissing = hello.has(ExtensionType.EXTENDED_MASTER_SECRET)
                && last.get().extension("extended_master_secret").isEmpty();
        return echoed
                ? Optional.of(finding(
                        handshake,
                        secretMissing ? Confidence.CERTAIN : Confidence.LIKELY,
                        secretMissing
                                ? "the session was made with extended_master_secret, and the server's ServerHello lacks it"
                                : "the server resumes the session, with another version or suite than it was made with",
                        secretMissing
                                ? "extended_master_secret"
                                : "version, cipher_suite: the server chose " + chosen(last.get())))
                : Optional.empty();
    }

    private static String chosen(DecodedMessage serverHello) {
        return serverHello.find("legacy_version").map(DecodedField::value).orElse("no version") + " and "
                + serverHello.find("cipher_suite").map(DecodedField::value).orElse("no suite");
    }

    /** True when the server echoes the session id, which in TLS 1.2 means that it resumes (RFC 5246, 7.4.1.3). */
    private static boolean isEchoed(MessageFields decoded) {
        Optional<byte[]> sent = decoded.content(HandshakeType.CLIENT_HELLO, true, "legacy_session_id");
        Optional<byte[]> received = decoded.content(HandshakeType.SERVER_HELLO, false, "legacy_session_id_echo");
        return sent.isPresent()
                && received.isPresent()
                && sent.get().length > 0
                && Arrays.equals(sent.get(), received.get());
    }

    private static Finding finding(Handshake handshake, Confidence confidence, String why, String what) {
        String peer = handshake.peerRole();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(new Evidence("what changed", what));
        ResumedSession session = handshake.session();
        if (session != null) {
            evidence.add(new Evidence("session", session.id().isEmpty() ? "without an id" : session.id()));
            evidence.add(new Evidence(
                    "session made",
                    Instant.ofEpochSecond(0, session.createdNanos())
                            + (session.predatesCapture() ? ", before this capture" : "")));
        }
        return new Finding(
                RESUMPTION_FAILED,
                confidence,
                "The session was not resumed: " + why + ".",
                FailureEvidence.with(handshake, evidence.toArray(new Evidence[0])),
                fix(peer, handshake.isClient(), what));
    }

    private static List<String> fix(String peer, boolean client, String what) {
        List<String> fix = new ArrayList<>();
        fix.add("Check whether the " + peer
                + " was restarted or updated, or is one of several servers behind a load balancer that"
                + " do not share session keys.");
        fix.add("As a workaround, have the client discard its sessions (SSLSessionContext.setSessionTimeout,"
                + " restart): a full handshake follows.");
        if (client && what.equals("session_ticket")) {
            fix.add("Until the server is fixed, have this client keep no tickets:"
                    + " -Djdk.tls.client.enableSessionTicketExtension=false.");
        }
        return fix;
    }
}
