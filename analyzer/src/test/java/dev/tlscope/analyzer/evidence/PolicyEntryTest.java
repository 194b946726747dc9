package dev.tlscope.analyzer.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class PolicyEntryTest {
    /** An excerpt from java.security of JDK 17. */
    private static final List<PolicyEntry> ENTRIES = PolicyEntry.of(
            "MD2, SHA1 jdkCA & usage TLSServer, RSA keySize < 2048, , EC keySize >= 256,DSA, SHA-224, ECDH_anon");

    @Test
    void takesAPropertyApart() {
        assertThat(ENTRIES)
                .extracting(PolicyEntry::text)
                .containsExactly(
                        "MD2",
                        "SHA1 jdkCA & usage TLSServer",
                        "RSA keySize < 2048",
                        "EC keySize >= 256",
                        "DSA",
                        "SHA-224",
                        "ECDH_anon");
        assertThat(ENTRIES)
                .filteredOn(PolicyEntry::conditional)
                .extracting(PolicyEntry::algorithm)
                .containsExactly("SHA1");
    }

    @Test
    void namesAnAlgorithmWithAConditionOrWithout() {
        assertThat(entriesThat(entry -> entry.names("md2"))).containsExactly("MD2");
        assertThat(entriesThat(entry -> entry.names("Sha1"))).containsExactly("SHA1 jdkCA & usage TLSServer");
        assertThat(entriesThat(entry -> entry.names("ECDH"))).isEmpty();
    }

    @Test
    void forbidsKeysByAlgorithmOrSize() throws Exception {
        PublicKey small = key("RSA", 1024);
        assertThat(entriesThat(entry -> entry.forbids(small))).containsExactly("RSA keySize < 2048");
        PublicKey large = key("RSA", 2048);
        assertThat(entriesThat(entry -> entry.forbids(large))).isEmpty();
        PublicKey other = key("DSA", 1024);
        assertThat(entriesThat(entry -> entry.forbids(other))).containsExactly("DSA");
        assertThat(entriesThat(entry -> entry.forbids("EC", 256))).containsExactly("EC keySize >= 256");
        assertThat(entriesThat(entry -> entry.forbids("EC", 255))).isEmpty();
        assertThat(entriesThat(entry -> entry.forbids("DSA", 1024))).isEmpty();
    }

    @Test
    void comparesWithEveryOperator() {
        for (String met : List.of("< 513", "<= 512", "> 511", ">= 512", "== 512", "!= 511")) {
            assertThat(PolicyEntry.of("DH keySize " + met).get(0).forbids("DH", 512))
                    .as(met)
                    .isTrue();
        }
        for (String notMet : List.of("< 512", "<= 511", "> 512", ">= 513", "== 511", "!= 512")) {
            assertThat(PolicyEntry.of("DH keySize " + notMet).get(0).forbids("DH", 512))
                    .as(notMet)
                    .isFalse();
        }
    }

    @Test
    void forbidsSignaturesByAPart() {
        assertThat(entriesThat(entry -> entry.forbidsSignature("SHA1withRSA")))
                .containsExactly("SHA1 jdkCA & usage TLSServer");
        assertThat(entriesThat(entry -> entry.forbidsSignature("SHA224withECDSA")))
                .containsExactly("SHA-224");
        assertThat(entriesThat(entry -> entry.forbidsSignature("SHA256withRSA")))
                .as("RSA is there with a size alone")
                .isEmpty();
    }

    private static List<String> entriesThat(Predicate<PolicyEntry> hold) {
        return ENTRIES.stream().filter(hold).map(PolicyEntry::text).toList();
    }

    private static PublicKey key(String algorithm, int bits) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
        generator.initialize(bits);
        return generator.generateKeyPair().getPublic();
    }
}
