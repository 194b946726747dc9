package dev.tlscope.it.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Handshakes;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.Jdk;
import dev.tlscope.it.harness.Scenario;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares the captured configuration with what client and server were started with. */
class ConfigurationTest {
    private static final String PASSWORD = "xyzzy-never-to-be-told";

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void isToldOnceAsItWas(Jdk jdk) throws IOException {
        Bench bench = new Bench(directory);
        String agent = bench.agent("keep=all,quiet=true");
        Scenario.Ran ran = new Scenario(bench, jdk)
                .serverJvm(agent)
                .clientJvm(agent, "-Djavax.net.ssl.trustStorePassword=" + PASSWORD, "-Djdk.tls.namedGroups=secp384r1")
                .server("--protocols", "TLSv1.2", "--client-auth", "want")
                .handshakes(3)
                .run();
        assertThat(ran.clientOut().lines()).hasSize(3).allMatch(line -> line.startsWith("ok "));

        assertThat(bench.captures()).hasSize(2);
        for (Path file : bench.captures()) {
            List<Handshake> handshakes = new ArrayList<>();
            Map<EventType, Integer> events = new EnumMap<>(EventType.class);
            Handshakes model = new Handshakes(file, handshakes::add);
            CaptureReader.read(file, event -> {
                events.merge(event.type(), 1, Integer::sum);
                model.accept(event);
            });
            model.end();
            assertThat(handshakes).hasSize(3).allMatch(Handshake::completed);
            Configuration configuration = handshakes.get(0).configuration();
            assertThat(configuration).isNotNull();
            assertThat(handshakes).allMatch(handshake -> handshake.configuration() == configuration);
            assertThat(events).containsEntry(EventType.MANAGER, 2).containsEntry(EventType.ENVIRONMENT, 1);
            common(bench, configuration, handshakes.get(0));
            if (handshakes.get(0).isClient()) {
                client(configuration);
            } else {
                server(configuration, handshakes.get(0));
            }
            assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                    .doesNotContain(PASSWORD);
        }
    }

    private static void common(Bench bench, Configuration configuration, Handshake handshake) throws IOException {
        String policy = Files.readString(bench.permissivePolicy()).strip();
        assertThat(configuration.property("jdk.tls.disabledAlgorithms"))
                .hasValue(policy.substring(policy.indexOf('=') + 1));
        assertThat(configuration.property("jdk.certpath.disabledAlgorithms")).isPresent();
        assertThat(configuration.property("java.runtime.version")).isPresent();
        assertThat(configuration.systemProperty("java.security.properties"))
                .hasValue(bench.permissivePolicy().toString());
        assertThat(configuration.providers().get(0)).containsIgnoringCase("sun");
        assertThat(configuration.providers()).hasSizeGreaterThan(5);
        assertThat(configuration.values(Field.ENABLED_SUITE)).contains(handshake.cipherSuite());
        assertThat(configuration.values(Field.ACTIVE_SUITE)).contains(handshake.cipherSuite());
        assertThat(configuration.values(Field.ACTIVE_SIGNATURE_SCHEME)).contains("rsa_pss_rsae_sha256");
        assertThat(configuration.trustManager()).hasValue("sun.security.ssl.X509TrustManagerImpl");
        assertThat(configuration.anchorCount()).hasValue(1);
        List<java.security.cert.X509Certificate> chain = handshake.certificates(!handshake.isClient());
        assertThat(configuration.anchors().get(0).getSubjectX500Principal())
                .isEqualTo(chain.get(chain.size() - 1).getIssuerX500Principal());
    }

    private static void client(Configuration configuration) {
        assertThat(configuration.values(Field.ENABLED_PROTOCOL)).contains("TLSv1.2");
        assertThat(configuration.values(Field.IDENTIFICATION)).containsExactly("HTTPS");
        assertThat(configuration.values(Field.CLIENT_AUTH)).isEmpty();
        assertThat(configuration.values(Field.NAMED_GROUP)).containsExactly("secp384r1");
        assertThat(configuration.keyEntries()).isEmpty();
        assertThat(configuration.systemProperty("javax.net.ssl.trustStorePassword"))
                .hasValue("(left out)");
    }

    private static void server(Configuration configuration, Handshake handshake) {
        assertThat(configuration.values(Field.ENABLED_PROTOCOL)).containsExactly("TLSv1.2");
        assertThat(configuration.values(Field.ACTIVE_PROTOCOL)).containsExactly("TLSv1.2");
        assertThat(configuration.values(Field.CLIENT_AUTH)).containsExactly("CLIENT_AUTH_REQUESTED");
        assertThat(configuration.values(Field.NAMED_GROUP)).contains("secp256r1", "secp384r1");
        assertThat(configuration.keyManager()).isPresent();
        assertThat(configuration.keyEntries()).hasSize(1);
        Configuration.KeyEntry entry = configuration.keyEntries().get(0);
        assertThat(entry.keyAlgorithm()).isEqualTo("RSA");
        assertThat(entry.alias()).isEqualTo(handshake.keyPairs().get(0).text(Field.ALIAS));
        assertThat(entry.chain()).isEqualTo(handshake.certificates(true));
    }
}
