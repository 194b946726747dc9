package dev.tlscope.analyzer.registry;

import dev.tlscope.tls.ExtensionType;

/** Names of extensions, also of types that have no entry in the registry. */
public final class ExtensionTypes {
    /** The two whose number is reserved (RFC 8446, 4.2), and what has no name. */
    private static final Registry UNNAMED = Registry.of(2, """
            0028 reserved_0x0028
            002e reserved_0x002e
            """).withPrivateUse(0xff00, 0xffff);

    private ExtensionTypes() {}

    /** The registered name; GREASE (RFC 8701), private use and unassigned values with their number in hex. */
    public static String nameOf(int number) {
        ExtensionType type = ExtensionType.of(number);
        return type == null ? UNNAMED.nameOf(number) : type.registeredName();
    }
}
