package dev.tlscope.analyzer.evidence;

import dev.tlscope.analyzer.finding.Evidence;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.registry.ExtensionTypes;
import dev.tlscope.analyzer.registry.NamedGroups;
import dev.tlscope.tls.ExtensionType;
import dev.tlscope.tls.HandshakeType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The size of a ClientHello, and what makes it large. One that does not fit into a TCP segment arrives in two pieces, which some
 * servers and middleboxes drop or reset: they read the first piece alone.
 */
public final class HelloSize {
    /** What a segment of an Ethernet path, or of a tunnel, carries of TLS at least. */
    private static final int ONE_SEGMENT = 1_400;

    private final int bytes;
    private final Optional<Hello> hello;

    private HelloSize(int bytes, Optional<Hello> hello) {
        this.bytes = bytes;
        this.hello = hello;
    }

    public static HelloSize of(Handshake handshake) {
        return new HelloSize(
                handshake
                        .message(HandshakeType.CLIENT_HELLO, handshake.isClient())
                        .map(message -> message.bytes().length)
                        .orElse(0),
                handshake.clientHello());
    }

    /** Whether it needs more than one segment. */
    public boolean isLarge() {
        return bytes > ONE_SEGMENT;
    }

    public Evidence evidence() {
        if (bytes == 0) {
            return new Evidence("ClientHello", "none");
        }
        return new Evidence(
                "ClientHello",
                isLarge()
                        ? String.format(Locale.ROOT, "%,d bytes, more than one TCP segment holds%s", bytes, largest())
                        : bytes + " bytes");
    }

    /** How to make it smaller, by what it is made of; empty where it fits into a segment. */
    public List<String> fix() {
        if (!isLarge() || hello.isEmpty()) {
            return List.of();
        }
        String reason = String.format(
                Locale.ROOT,
                "Try a ClientHello of less than 1,400 bytes, this one has %,d: some servers and middleboxes"
                        + " drop or reset a ClientHello that does not come in one piece. ",
                bytes);
        List<String> hybrids = hello.get().groups().stream()
                .map(NamedGroups::nameOf)
                .filter(HelloSize::isHybrid)
                .toList();
        if (!hybrids.isEmpty()) {
            return List.of(reason + "-Djdk.tls.namedGroups=" + classicalGroups() + " leaves "
                    + String.join(", ", hybrids) + " out of it.");
        }
        if (size(ExtensionType.CERTIFICATE_AUTHORITIES) > ONE_SEGMENT / 2) {
            return List.of(
                    reason + "-Djdk.tls.client.enableCAExtension=false, which is the default, has this client name no"
                            + " certificate_authorities; a trust store with fewer authorities makes it smaller, too.");
        }
        if (size(ExtensionType.SESSION_TICKET) > ONE_SEGMENT / 2) {
            return List.of(
                    reason + "-Djdk.tls.client.enableSessionTicketExtension=false has this client offer no ticket,"
                            + " which makes it large.");
        }
        if (size(ExtensionType.PRE_SHARED_KEY) > ONE_SEGMENT / 2) {
            return List.of(
                    reason + "The ticket of an earlier connection makes it large: have the server issue smaller ones, a"
                            + " Java server with -Djdk.tls.server.enableSessionTicketExtension=false.");
        }
        return List.of(
                reason + "Shorter lists make it smaller: jdk.tls.namedGroups, jdk.tls.client.SignatureSchemes, the"
                        + " application's own lists.");
    }

    private String classicalGroups() {
        return hello.orElseThrow().groups().stream()
                .map(NamedGroups::nameOf)
                .filter(name -> !isHybrid(name))
                .collect(Collectors.joining(","));
    }

    private static boolean isHybrid(String group) {
        return group.contains("MLKEM") || group.contains("Kyber");
    }

    private String largest() {
        return hello.flatMap(found -> found.extensionTypes().stream()
                        .max(Comparator.comparingInt(type -> size(ExtensionType.of(type)))))
                .map(type -> String.format(
                        Locale.ROOT,
                        "; %,d of them in %s%s",
                        size(ExtensionType.of(type)),
                        ExtensionTypes.nameOf(type),
                        shares()))
                .orElse("");
    }

    /** The hybrid groups of key_share. */
    private String shares() {
        StringBuilder hybrid = new StringBuilder();
        hello.map(Hello::keyShares).orElse(Map.of()).forEach((group, size) -> {
            if (isHybrid(NamedGroups.nameOf(group))) {
                hybrid.append(String.format(Locale.ROOT, " (%s: %,d)", NamedGroups.nameOf(group), size));
            }
        });
        return hybrid.toString();
    }

    private int size(@Nullable ExtensionType type) {
        byte[] data =
                type == null ? null : hello.map(found -> found.extension(type)).orElse(null);
        return data == null ? 0 : data.length;
    }
}
