package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts with which JCA and the JDK's providers report that an algorithm is missing. */
class LackingAlgorithmTest {
    @Test
    void aCurveIsNamedAndNotItsSignature() {
        LackingAlgorithm lacking =
                of("java.security.SignatureException: Curve not supported: secp256k1 (1.3.132.0.10)");
        assertThat(lacking.name()).isEqualTo("curve secp256k1");
        assertThat(lacking.remedy()).contains("secp256k1", "JDK 16");
    }

    @Test
    void anObjectIdentifierIsToldByItsName() {
        LackingAlgorithm lacking = of("java.security.NoSuchAlgorithmException: 1.3.101.112 Signature not available");
        assertThat(lacking.name()).isEqualTo("Ed25519 (Signature)");
        assertThat(lacking.remedy()).contains("JDK 15");
    }

    @Test
    void aRuntimeWithoutItsModuleIsToldWhichOne() {
        assertThat(of("java.security.NoSuchAlgorithmException: EC KeyFactory not available")
                        .remedy())
                .contains("jdk.crypto.ec");
    }

    @Test
    void anExceptionOfThatClassWithOtherWordsIsNoAlgorithm() {
        assertThat(
                        LackingAlgorithm.of(
                                failed(
                                        "java.security.NoSuchAlgorithmException: Error constructing implementation (algorithm: Default)")))
                .isEmpty();
        assertThat(LackingAlgorithm.of(failed("java.security.SignatureException: Signature does not match.")))
                .isEmpty();
    }

    @Test
    void whatIsNotInnermostIsNotWhy() {
        assertThat(LackingAlgorithm.of(failed(
                        "java.security.NoSuchAlgorithmException: EC KeyFactory not available",
                        "java.io.IOException: DER input, Integer tag error")))
                .isEmpty();
    }

    private static LackingAlgorithm of(String exception) {
        return LackingAlgorithm.of(failed("javax.net.ssl.SSLException: it failed", exception))
                .orElseThrow();
    }

    private static Handshake failed(String... exceptions) {
        List<Handshake> found = new ArrayList<>();
        Handshakes handshakes = new Handshakes(Path.of("capture"), found::add);
        handshakes.accept(new Event(EventType.CONNECTION, 1, 1).put(Field.ROLE, "client"));
        Event failure = new Event(EventType.FAILURE, 1, 2).put(Field.DIRECTION, "out");
        for (String exception : exceptions) {
            failure.put(Field.EXCEPTION, exception);
        }
        handshakes.accept(failure);
        handshakes.end();
        return found.get(0);
    }
}
