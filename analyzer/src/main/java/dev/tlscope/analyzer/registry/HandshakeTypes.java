package dev.tlscope.analyzer.registry;

import dev.tlscope.tls.HandshakeType;

/** Names of all handshake message types, unregistered ones included. */
public final class HandshakeTypes {
    private static final Registry UNREGISTERED = Registry.of(1, "");

    private HandshakeTypes() {}

    /** The message's name; an unassigned type's name contains its number. */
    public static String nameOf(int number) {
        HandshakeType type = number < 0 || number > 0xff ? null : HandshakeType.of(number);
        return type == null ? UNREGISTERED.nameOf(number) : type.messageName();
    }
}
