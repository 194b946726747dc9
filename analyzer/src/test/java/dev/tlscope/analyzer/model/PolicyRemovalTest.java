package dev.tlscope.analyzer.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.PolicyRemoval.Kind;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class PolicyRemovalTest {
    private static final String POLICY =
            "SSLv3, TLSv1, RC4, DES, MD5withRSA, DH keySize < 1024, 3DES_EDE_CBC, anon, NULL, ECDH,"
                    + " TLS_RSA_*, secp256k1, rsa_pkcs1_sha1";

    @Test
    void theEntryThatNamesItOrAPartOfItIsTold() {
        List<PolicyRemoval> removals = PolicyRemoval.of(configuration(
                List.of("TLSv1.2", "TLSv1"),
                List.of("TLSv1.2"),
                List.of(
                        "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256",
                        "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA",
                        "TLS_DH_anon_WITH_AES_128_CBC_SHA",
                        "TLS_RSA_WITH_AES_128_CBC_SHA",
                        "TLS_ECDHE_RSA_WITH_NULL_SHA",
                        "TLS_ECDHE_RSA_WITH_RC4_128_SHA",
                        "TLS_DHE_RSA_WITH_AES_128_CBC_SHA",
                        "TLS_EMPTY_RENEGOTIATION_INFO_SCSV",
                        "SSL_RSA_WITH_RC4_128_MD5"),
                List.of("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")));

        assertThat(removals)
                .extracting(PolicyRemoval::kind, PolicyRemoval::name, PolicyRemoval::entry)
                .containsExactly(
                        tuple(Kind.PROTOCOL, "TLSv1", "TLSv1"),
                        tuple(Kind.SUITE, "TLS_ECDH_RSA_WITH_AES_128_GCM_SHA256", "ECDH"),
                        tuple(Kind.SUITE, "TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA", "3DES_EDE_CBC"),
                        tuple(Kind.SUITE, "TLS_DH_anon_WITH_AES_128_CBC_SHA", "anon"),
                        tuple(Kind.SUITE, "TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_RSA_*"),
                        tuple(Kind.SUITE, "TLS_ECDHE_RSA_WITH_NULL_SHA", "NULL"),
                        tuple(Kind.SUITE, "TLS_ECDHE_RSA_WITH_RC4_128_SHA", "RC4"),
                        tuple(Kind.SUITE, "SSL_RSA_WITH_RC4_128_MD5", "RC4"),
                        tuple(Kind.GROUP, "secp256k1", "secp256k1"),
                        tuple(Kind.SIGNATURE_SCHEME, "rsa_pkcs1_sha1", "rsa_pkcs1_sha1"));
    }

    @Test
    void whatIsActiveWasNotRemoved() {
        assertThat(PolicyRemoval.of(configuration(List.of("TLSv1"), List.of("TLSv1"), List.of(), List.of())))
                .noneMatch(removal -> removal.kind() == Kind.PROTOCOL);
    }

    private static Tuple tuple(Object... values) {
        return Tuple.tuple(values);
    }

    private static Configuration configuration(
            List<String> protocols, List<String> activeProtocols, List<String> suites, List<String> activeSuites) {
        Event settings = new Event(EventType.CONFIGURATION, 0, 1);
        protocols.forEach(name -> settings.put(Field.ENABLED_PROTOCOL, name));
        activeProtocols.forEach(name -> settings.put(Field.ACTIVE_PROTOCOL, name));
        suites.forEach(name -> settings.put(Field.ENABLED_SUITE, name));
        activeSuites.forEach(name -> settings.put(Field.ACTIVE_SUITE, name));
        settings.put(Field.NAMED_GROUP, "x25519");
        settings.put(Field.SIGNATURE_SCHEME, "rsa_pkcs1_sha1").put(Field.SIGNATURE_SCHEME, "rsa_pss_rsae_sha256");
        settings.put(Field.ACTIVE_SIGNATURE_SCHEME, "rsa_pss_rsae_sha256");
        Event environment = new Event(EventType.ENVIRONMENT, 0, 1)
                .put(Field.NAME, "jdk.tls.disabledAlgorithms")
                .put(Field.VALUE, POLICY)
                .put(Field.NAME, "-Djdk.tls.namedGroups")
                .put(Field.VALUE, "x25519, secp256k1");
        return new Configuration(settings, environment, null, null);
    }
}
