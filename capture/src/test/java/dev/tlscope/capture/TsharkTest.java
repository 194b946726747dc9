package dev.tlscope.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How Wireshark's dissectors read a capture with real TLS records. */
@Timeout(120)
@Tag("slow")
class TsharkTest {
    @TempDir
    static Path directory;

    static Path capture;

    @BeforeAll
    static void write() throws Exception {
        assumeTrue(installed("tshark"), "tshark is not installed: apt-get install tshark");
        SSLContext context = TlsSession.context(directory);
        List<Event> client = session(context, 1, "TLSv1.3", "client", "127.0.0.1:50000", "127.0.0.1:8443");
        List<Event> server = session(context, 2, "TLSv1.3", "server", "127.0.0.1:8443", "127.0.0.1:50000");
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < Math.max(client.size(), server.size()); i++) {
            if (i < client.size()) {
                events.add(client.get(i));
            }
            if (i < server.size()) {
                events.add(server.get(i));
            }
        }
        events.addAll(session(context, 3, "TLSv1.2", "client", "[2001:db8::1]:50000", "[2001:db8::2]:443"));
        events.addAll(session(context, 4, "TLSv1.2", "server", null, null));
        events.addAll(session(context, 5, "TLSv1.2", "client", "127.0.0.1:50000", "127.0.0.1:8443"));
        events.add(Captures.connection(6, "server", "192.168.1.1:8443", "192.168.1.2:50000"));
        events.add(Captures.record(6, "out", Captures.ENCRYPTED));
        events.add(Captures.failure(6, 20, "Tag mismatch", "javax.crypto.AEADBadTagException: Tag mismatch"));
        events.add(Captures.record(6, "out", new byte[] {21, 3, 3, 0, 2, 2, 20}));
        events.add(Captures.closed(6));
        events.add(Captures.connection(7, "client", "192.168.1.3:50000", "192.168.1.1:8443"));
        events.add(Captures.record(7, "out", Captures.ENCRYPTED));
        events.add(Captures.record(7, "in", Captures.HANDSHAKE_FAILURE));
        events.add(Captures.alertMessage(7, 2, 40));
        events.add(Captures.closed(7));
        capture = directory.resolve("capture.pcapng");
        Files.write(capture, Captures.write(events.toArray(new Event[0])));
    }

    @Test
    void nothingIsMalformedOrRetransmittedOrWrongInAnyChecksum() throws Exception {
        assertThat(tshark(
                        "-o",
                        "tcp.check_checksum:TRUE",
                        "-o",
                        "ip.check_checksum:TRUE",
                        "-Y",
                        "_ws.malformed || tcp.analysis.flags || tcp.checksum.status == 0 || ip.checksum.status == 0"
                                + " || _ws.expert.severity >= 0x600000 || !tcp"))
                .isEmpty();
    }

    @Test
    void everyConnectionIsAStreamWithItsHandshake() throws Exception {
        for (String hello : List.of("1", "2")) {
            assertThat(tshark("-Y", "tls.handshake.type == " + hello, "-T", "fields", "-e", "tcp.stream"))
                    .as("streams with a ClientHello (1), a ServerHello (2)")
                    .containsExactlyInAnyOrder("0", "1", "2", "3", "4");
        }
        assertThat(tshark("-Y", "tcp.flags.syn == 1 && tcp.flags.ack == 0")).hasSize(7);
        assertThat(tshark("-Y", "tcp.flags.fin == 1")).hasSize(14);
    }

    @Test
    void addressesAndDirectionsAreShown() throws Exception {
        assertThat(tshark(
                        "-Y",
                        "tls.handshake.type == 1",
                        "-T",
                        "fields",
                        "-E",
                        "separator=,",
                        "-e",
                        "ip.src",
                        "-e",
                        "ipv6.src",
                        "-e",
                        "tcp.srcport",
                        "-e",
                        "ip.dst",
                        "-e",
                        "ipv6.dst",
                        "-e",
                        "tcp.dstport",
                        "-e",
                        "frame.packet_flags_direction"))
                .containsExactly(
                        "127.0.0.1,,50000,127.0.0.1,,8443,0x00000002",
                        "192.0.2.1,,50000,198.51.100.1,,8443,0x00000001",
                        ",2001:db8::1,50000,,2001:db8::2,443,0x00000002",
                        "192.0.2.2,,49153,198.51.100.1,,443,0x00000001",
                        "192.0.2.3,,50000,198.51.100.1,,8443,0x00000002");
    }

    @Test
    void commentsAreOnTheirPackets() throws Exception {
        assertThat(tshark(
                        "-Y",
                        "frame.comment",
                        "-T",
                        "fields",
                        "-e",
                        "tcp.stream",
                        "-e",
                        "tls.alert_message.desc",
                        "-e",
                        "tcp.flags.syn",
                        "-e",
                        "frame.comment"))
                .containsExactly(
                        "1\t\t1\ttlscope: addresses are made up, since the real ones are used by another connection:"
                                + " local 127.0.0.1:8443, peer 127.0.0.1:50000",
                        "3\t\t1\ttlscope: addresses are made up, since the real ones are not known:"
                                + " local unknown, peer unknown",
                        "4\t\t1\ttlscope: addresses are made up, since the real ones are used by another connection:"
                                + " local 127.0.0.1:50000, peer 127.0.0.1:8443",
                        "5\t20\t0\ttlscope: bad_record_mac sent: javax.crypto.AEADBadTagException: Tag mismatch",
                        "6\t40\t0\ttlscope: received fatal handshake_failure");
    }

    @Test
    void secretsDecrypt() throws Exception {
        // Finished is encrypted: without the Decryption Secrets Block its type is not visible.
        assertThat(tshark("-Y", "tls.handshake.verify_data", "-T", "fields", "-e", "tcp.stream"))
                .containsExactly("2", "2", "3", "3", "4", "4");
    }

    private static List<Event> session(
            SSLContext context, long connection, String protocol, String role, String local, String peer)
            throws Exception {
        List<Event> events = new ArrayList<>();
        events.add(Captures.connection(connection, role, local, peer));
        TlsSession.PlayedSession session = TlsSession.run(context, protocol);
        if (protocol.equals("TLSv1.2")) {
            events.add(new Event(EventType.SECRET, connection, connection * 1000)
                    .put(Field.THREAD, "main")
                    .put(Field.LABEL, "CLIENT_RANDOM")
                    .put(Field.CLIENT_RANDOM, session.clientRandom())
                    .put(Field.BYTES, session.masterSecret()));
        }
        for (TlsSession.Sent sent : session.sent()) {
            String direction = sent.byClient() == role.equals("client") ? "out" : "in";
            events.add(Captures.record(connection, direction, sent.record().array()));
        }
        events.add(Captures.closed(connection));
        return events;
    }

    private static boolean installed(String program) throws InterruptedException {
        try {
            run(program, "--version");
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> tshark(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", capture.toString()));
        command.addAll(List.of(arguments));
        return run(command.toArray(new String[0]));
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile(directory, "stderr", "");
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(() -> readable(errors)).isZero();
        return output.lines().toList();
    }

    private static String readable(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
