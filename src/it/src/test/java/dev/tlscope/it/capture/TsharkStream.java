package dev.tlscope.it.capture;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.tlscope.it.harness.Tshark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One stream of a capture as tshark reads it: one side's view of one connection. tshark decrypts it with only the
 * secrets in the file.
 */
final class TsharkStream {
    /** PI_WARN in Wireshark's epan/proto.h; below it are remarks. */
    private static final int WARNING = 0x00600000;

    /** tshark recognizes an SSLv2 hello as TLS only where it expects TLS. */
    private static final String ANY_PORT = "tcp.port==1-65535,tls";

    private static final String SSL2 = "0x0002";

    /** The single byte of a ChangeCipherSpec; tshark does not decrypt that of a renegotiation. */
    private static final String CHANGE = "01";

    private final List<TsharkNode> nodes = new ArrayList<>();
    private final List<TlsMessage> messages = new ArrayList<>();
    private final Map<String, Fragments> fragments = new LinkedHashMap<>();
    private final Set<String> changes = new HashSet<>();
    private final List<String> complaints = new ArrayList<>();
    private final String role;
    private int requests;
    private int responses;

    private TsharkStream(String role) {
        this.role = role;
    }

    /** All streams of a file, with one run of tshark and a small second one for streams and directions. */
    static Collection<TsharkStream> read(Path file) throws IOException {
        Map<String, String[]> frames = frames(file);
        Map<String, TsharkStream> streams = new LinkedHashMap<>();
        byte[] dissected = Tshark.read(
                        file, "-d", ANY_PORT, "-Y", "tls || dtls", "-T", "json", "-x", "-J", "frame tls dtls http")
                .getBytes(StandardCharsets.UTF_8);
        try (JsonParser json = new JsonFactory().createParser(dissected)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_OBJECT) {
                TsharkNode packet = new TsharkNode("packet", "", "", TsharkNode.read(json));
                String[] frame = frames.get(packet.all("frame.number").get(0).show());
                boolean sent = Long.decode(frame[2]) == 2;
                // The first record of any connection is the client's.
                TsharkStream stream = streams.computeIfAbsent(
                        frame[0] + "/" + frame[1], number -> new TsharkStream(sent ? "client" : "server"));
                stream.add(packet, sent == stream.role.equals("client"));
            }
        }
        return streams.values();
    }

    /** By frame number: TCP stream, UDP stream, direction (1 in, 2 out), number. */
    private static Map<String, String[]> frames(Path file) {
        Map<String, String[]> frames = new LinkedHashMap<>();
        String[] fields = {"tcp.stream", "udp.stream", "frame.packet_flags_direction", "frame.number"};
        for (Map<String, List<String>> packet : Tshark.fields(file, fields)) {
            String[] values = Arrays.stream(fields)
                    .map(field -> String.join(",", packet.get(field)))
                    .toArray(String[]::new);
            frames.put(values[3], values);
        }
        return frames;
    }

    /** The role of the side that captured it. */
    String role() {
        return role;
    }

    List<TlsMessage> messages() {
        return messages;
    }

    /** The dissection of each of {@link #messages}. */
    List<TsharkNode> nodes() {
        return nodes;
    }

    /** Number of HTTP requests that tshark could read. */
    int requests() {
        return requests;
    }

    int responses() {
        return responses;
    }

    /** What tshark reported as malformed or wrong. */
    List<String> complaints() {
        return complaints;
    }

    private void add(TsharkNode packet, boolean byClient) {
        packet.walk(node -> {
            switch (node.name()) {
                case "tls.handshake" -> handshake(node, byClient);
                case "dtls.handshake" -> datagram(node, byClient);
                case "tls.alert_message", "dtls.alert_message" -> alert(node, byClient);
                case "tls.record", "dtls.record" -> record(node, byClient);
                case "http.request.method" -> requests++;
                case "http.response.code" -> responses++;
                case "_ws.expert" -> expert(node);
                default -> {}
            }
        });
    }

    /** A remark of tshark on a packet. */
    private void expert(TsharkNode node) {
        if (Integer.parseInt(node.child("_ws.expert.severity")) >= WARNING) {
            complaints.add(node.child("_ws.expert.message"));
        }
    }

    /** An alert, which has both bytes if it was decrypted. */
    private void alert(TsharkNode node, boolean byClient) {
        boolean clear = node.children().stream().anyMatch(child -> child.name().endsWith("alert_message.desc"));
        if (clear) {
            add(new TlsMessage(byClient, TlsMessage.ALERT, node.raw()), node);
        }
    }

    private void record(TsharkNode record, boolean byClient) {
        if (record.child("tls.record.version").equals(SSL2)) {
            String hello = Version2Hello.converted(record);
            add(new TlsMessage(byClient, TlsMessage.HANDSHAKE, hello), record);
        }
        for (TsharkNode node : record.all("tls.change_cipher_spec")) {
            add(new TlsMessage(byClient, TlsMessage.CHANGE_CIPHER_SPEC, CHANGE), node);
        }
        for (TsharkNode node : record.all("dtls.change_cipher_spec")) {
            // It is sent again with its flight: count one per epoch.
            if (changes.add(byClient + " " + record.child("dtls.record.epoch"))) {
                add(new TlsMessage(byClient, TlsMessage.CHANGE_CIPHER_SPEC, CHANGE), node);
            }
        }
    }

    private void handshake(TsharkNode node, boolean byClient) {
        if (!node.child("tls.handshake.type").isEmpty()) {
            add(new TlsMessage(byClient, TlsMessage.HANDSHAKE, node.raw()), node);
        }
    }

    /** A DTLS message, or a fragment of one (RFC 6347, 4.2.3); retransmissions are left out. */
    private void datagram(TsharkNode node, boolean byClient) {
        if (node.child("dtls.handshake.type").isEmpty()) {
            return;
        }
        String key = byClient + " " + node.child("dtls.handshake.message_seq");
        Fragments message = fragments.computeIfAbsent(
                key, number -> new Fragments(Integer.parseInt(node.child("dtls.handshake.length"))));
        message.add(
                Integer.parseInt(node.child("dtls.handshake.fragment_offset")),
                Integer.parseInt(node.child("dtls.handshake.fragment_length")),
                node.raw());
        if (!message.told && message.missing == 0) {
            message.told = true;
            String header =
                    String.format("%02x%06x", Integer.parseInt(node.child("dtls.handshake.type")), message.body.length);
            String body = HexFormat.of().formatHex(message.body);
            add(new TlsMessage(byClient, TlsMessage.HANDSHAKE, header + body), node);
        }
    }

    private void add(TlsMessage message, TsharkNode node) {
        messages.add(message);
        nodes.add(node);
    }

    private static final class Fragments {
        private static final int HEADER = 12;

        private final byte[] body;
        private final boolean[] there;
        private int missing;
        private boolean told;

        Fragments(int length) {
            body = new byte[length];
            there = new boolean[length];
            missing = length;
        }

        void add(int offset, int length, String raw) {
            byte[] bytes = HexFormat.of().parseHex(raw);
            for (int i = 0; i < length; i++) {
                missing -= there[offset + i] ? 0 : 1;
                there[offset + i] = true;
                body[offset + i] = bytes[HEADER + i];
            }
        }
    }
}
