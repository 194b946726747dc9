package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Confidence;
import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The finding for a refusal of the JDK that no other cause explains. */
class KnownRefusalTest {
    private static final String SSL = "java.base/sun.security.ssl.";
    private static final int INTERNAL_ERROR = 80;

    @Test
    void thePlacesCauseItsMeaningAndJssesWordsAreTold() {
        Finding finding = told(
                "No supported CertificateVerify signature algorithm for RSASSA-PSS  key",
                List.of(),
                SSL + "TransportContext.fatal(TransportContext.java:1)",
                SSL + "CertificateVerify$T13CertificateVerifyMessage.<init>(CertificateVerify.java:900)");

        assertThat(finding.cause().id()).isEqualTo("no-common-signature-algorithm");
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.summary()).startsWith("For this JVM's RSASSA-PSS key there is no signature scheme");
        assertThat(finding.evidence())
                .contains(
                        new Evidence(
                                "JSSE says", "No supported CertificateVerify signature algorithm for RSASSA-PSS  key"),
                        new Evidence(
                                "refused by", "sun.security.ssl.CertificateVerify$T13CertificateVerifyMessage.<init>"));
    }

    @Test
    void aProvidersOwnExceptionBelowIsShownAndLowersTheConfidence() {
        Finding finding = told(
                null,
                List.of(
                        "javax.net.ssl.SSLException: Cannot produce CertificateVerify signature",
                        "java.security.SignatureException: CKR_USER_NOT_LOGGED_IN"),
                "jdk.crypto.cryptoki/sun.security.pkcs11.P11Signature.engineSign(P11Signature.java:1)",
                SSL + "CertificateVerify$T13CertificateVerifyMessage.<init>(CertificateVerify.java:920)");

        assertThat(finding.cause().id()).isEqualTo("provider-failure");
        assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(finding.evidence())
                .contains(new Evidence("exception below", "java.security.SignatureException: CKR_USER_NOT_LOGGED_IN"));
    }

    @Test
    void whatElseCouldBeIsNamedWhereAPeersSignatureFails() {
        Finding finding = told(
                "Invalid signature of RSA ServerKeyExchange message",
                List.of(),
                SSL + "RSAServerKeyExchange$RSAServerKeyExchangeMessage.<init>(RSAServerKeyExchange.java:1)");

        assertThat(finding.cause().id()).isEqualTo("key-mismatch");
        assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(finding.candidates())
                .extracting(candidate -> candidate.cause().id())
                .containsExactly("transcript-altered", "malformed-message");
    }

    @Test
    void aTextWithoutItsMethodIsPossible() {
        Finding finding =
                told("KeyUpdate has an unexpected length of 3", List.of(), SSL + "Renamed.<init>(Renamed.java:1)");

        assertThat(finding.cause().id()).isEqualTo("malformed-message");
        assertThat(finding.confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(finding.evidence())
                .anySatisfy(fact -> assertThat(fact.value()).contains("by its text alone"));
    }

    @Test
    void whereOtherCausesLeadToTheSamePlaceTheAnswerIsPossible() {
        Finding open = told(
                "Could not generate ECPublicKey",
                List.of(),
                SSL + "ECDHKeyExchange$ECDHEPossession.checkConstraints(ECDHKeyExchange.java:1)");
        assertThat(open.cause().id()).isEqualTo("malformed-message");
        assertThat(open.confidence()).isEqualTo(Confidence.POSSIBLE);
    }

    @Test
    void aCheckOfBytesProvesWhereTheBytesWereCaptured() {
        String said = "KeyUpdate has an unexpected length of 3";
        String frame = SSL + "KeyUpdate$KeyUpdateMessage.<init>(KeyUpdate.java:1)";
        Event keyUpdate = new Event(EventType.MESSAGE, 1, 5)
                .put(Field.DIRECTION, "in")
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, new byte[] {24, 0, 0, 1, 0});

        Finding proven = told(List.of(keyUpdate), said, List.of(), frame);
        assertThat(proven.cause().id()).isEqualTo("malformed-message");
        assertThat(proven.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(proven.evidence()).contains(new Evidence("what arrived", "KeyUpdate"));

        Finding unseen = told(said, List.of(), frame);
        assertThat(unseen.cause().id()).isEqualTo("malformed-message");
        assertThat(unseen.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(unseen.evidence()).contains(new Evidence("what arrived", "not captured"));
    }

    @Test
    void aCheckOfOneMessageIsNotProvenByAnother() {
        Event finished = new Event(EventType.MESSAGE, 1, 5)
                .put(Field.DIRECTION, "in")
                .put(Field.CONTENT_TYPE, 22)
                .put(Field.BYTES, new byte[] {20, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});

        Finding finding = told(
                List.of(finished),
                "KeyUpdate has an unexpected length of 3",
                List.of(),
                SSL + "KeyUpdate$KeyUpdateMessage.<init>(KeyUpdate.java:1)");

        assertThat(finding.cause().id()).isEqualTo("malformed-message");
        assertThat(finding.confidence()).isEqualTo(Confidence.LIKELY);
        assertThat(finding.evidence()).contains(new Evidence("what arrived", "Finished, and not what JSSE refused"));
    }

    @Test
    void whatTheJdkDidNotRefuseStaysInternal() {
        Finding finding = told(
                null,
                List.of("java.lang.NullPointerException: Cannot invoke \"x\""),
                SSL + "SSLEngineImpl.wrap(SSLEngineImpl.java:1)");

        assertThat(finding.cause().id()).isEqualTo("internal");
    }

    private static Finding told(@Nullable String diagnostic, List<String> exceptions, String... frames) {
        return told(List.of(), diagnostic, exceptions, frames);
    }

    private static Finding told(
            List<Event> before, @Nullable String diagnostic, List<String> exceptions, String... frames) {
        Event failure = new Event(EventType.FAILURE, 1, 10)
                .put(Field.DIRECTION, "out")
                .put(Field.DIAGNOSTIC, diagnostic)
                .put(Field.ALERT, INTERNAL_ERROR);
        exceptions.forEach(link -> failure.put(Field.EXCEPTION, link));
        List.of(frames).forEach(frame -> failure.put(Field.FRAME, frame));
        List<Handshake> read = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("known-refusal.pcapng"), read::add);
        handshakes.accept(new Event(EventType.CONNECTION, 1, 0).put(Field.ROLE, "client"));
        before.forEach(handshakes);
        handshakes.accept(failure);
        handshakes.end();
        return Causes.of(read.get(0));
    }
}
