package dev.tlscope.analyzer.registry;

import dev.tlscope.tls.ExtensionType;

/** Names of all extension types, unregistered ones included. */
public final class ExtensionTypes {
    /** The two reserved numbers (RFC 8446, 4.2), and fallback names for all others. */
    private static final Registry UNNAMED = Registry.of(2, """
            0028 reserved_0x0028
            002e reserved_0x002e
            """).withPrivateUse(0xff00, 0xffff);

    private ExtensionTypes() {}

    /** The registered name; for GREASE (RFC 8701), private use and unassigned values a name with the number in hex. */
    public static String nameOf(int number) {
        ExtensionType type = ExtensionType.of(number);
        return type == null ? UNNAMED.nameOf(number) : type.registeredName();
    }
}
