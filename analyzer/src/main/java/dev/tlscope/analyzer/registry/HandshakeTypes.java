package dev.tlscope.analyzer.registry;

import dev.tlscope.tls.HandshakeType;

/** Names of handshake messages, also of types that are not registered. */
public final class HandshakeTypes {
    private static final Registry UNREGISTERED = Registry.of(1, "");

    private HandshakeTypes() {}

    /** The message's name; an unassigned type's has the number in it. */
    public static String nameOf(int number) {
        HandshakeType type = number < 0 || number > 0xff ? null : HandshakeType.of(number);
        return type == null ? UNREGISTERED.nameOf(number) : type.messageName();
    }
}
