package dev.tlscope.analyzer.cause;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Captures of what no TLS implementation sends: some cases of dev.tlscope.it.raw, on the oldest and on a newer JDK, in
 * both versions and over both transports. RawRefusalTest plays all of them.
 */
class RawCapturesTest {
    private static final List<Path> CAPTURES = Stream.of("jdk-8", "jdk-17")
            .map(name -> Path.of("src/test/resources/raw/" + name + ".pcapng.gz"))
            .toList();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // the first bytes, before any TLS
                "first-sslv2 | no-common-protocol certain | version in it: 0x0002",
                "first-sslv2-for-tls | no-common-protocol certain | SSLv2Hello is not enabled at this server",
                "answer-sslv2 | no-common-protocol certain | a ServerHello of SSLv2",
                "record-ccs-first | unexpected-message certain | ChangeCipherSpec (content type 20)",
                "record-application-data-first | unexpected-message certain | application data (content type 23)",
                "answer-heartbeat | unexpected-message certain | heartbeat (content type 24)",
                // values of the key exchange, as computed
                "share-off-curve | malformed-message certain | the point is not on the curve",
                "client-point-off-curve | malformed-message certain | field: ecdh_Yc",
                "answer-share-point-short | malformed-message certain | its form is 0",
                "exchange-point-infinity | malformed-message certain | message: ServerKeyExchange",
                "share-ffdhe-one | weak-dh certain | it is 1",
                // JSSE refuses the group or the scheme, and does not look at the value or the signature
                "answer-share-group-not-offered | no-common-group certain | x448, which this client did not offer",
                "client-verify-scheme-unknown | no-common-signature-algorithm certain | this server had not offered",
                "verify-scheme-unknown | no-common-signature-algorithm certain | this client had not offered",
                "schemes-unknown | no-common-signature-algorithm certain | client offers: private_use_0xfe02",
                // signatures that no key makes
                "client-verify-scheme-of-rsa | malformed-message certain | which is EC",
                "exchange-signature-short | malformed-message certain | 10 bytes; one of the certificate's RSA key has 256",
                "verify-zero | malformed-message certain | the signature is the number 0",
                // JSSE replaced the pre-master without a word, and failed at the Finished
                "client-premaster-garbage | malformed-message likely | key and certificate: belong together",
                "client-premaster-47-bytes | malformed-message likely | RSA pre-master: RSA decryption of the pre-master failed",
                // early data, which JSSE does not skip
                "early-data-without-psk | unexpected-message likely | early_data (RFC 8446, 4.2.10)",
                "psk-with-early-data | unexpected-message likely | early_data (RFC 8446, 4.2.10)",
                // records that were not decrypted
                "protected-too-short-from-client | malformed-message certain | record: 170303000a",
                "protected12-too-short | malformed-message certain | length of the record: 12 bytes",
                "protected-cbc-odd-length | malformed-message certain | not a whole number of blocks",
                "protected-plain-handshake-from-server | unexpected-message certain | received: Finished in plain text",
                // the first handshake's secrets say nothing of the second's, though both have one random
                "again-random-zero | malformed-message certain | client's random: the renegotiation repeats",
                "again-random-repeated | unexpected-message certain | client's random: the renegotiation repeats",
                "client-finished-short | malformed-message certain | Finished has 11 bytes"
            })
    void isToldByWhatDecides(String name, String cause, String decisive) {
        List<Handshake> played = CAPTURES.stream()
                .flatMap(capture -> SuiteCaptures.handshakes(capture).stream())
                .filter(handshake -> handshake.failed()
                        && String.valueOf(handshake.peerHost()).startsWith(name + '.'))
                .toList();

        assertThat(played).hasSizeGreaterThanOrEqualTo(2 * CAPTURES.size());
        for (Handshake handshake : played) {
            Finding finding = Causes.of(handshake);
            assertThat(finding.cause() + " " + finding.confidence().name().toLowerCase(Locale.ROOT))
                    .as("connection %d of %s", handshake.connection(), handshake.file())
                    .isEqualTo(cause);
            assertThat(finding.summary()
                            + finding.evidence().stream()
                                    .map(fact -> "\n" + fact.what() + ": " + fact.value())
                                    .toList())
                    .contains(decisive);
        }
    }
}
