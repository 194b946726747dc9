package dev.tlscope.capture;

/** Constants of pcapng (draft-ietf-opsawg-pcapng) and of tlscope's own block, for writer and reader. */
final class Pcapng {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int ENHANCED_PACKET = 6;
    static final int DECRYPTION_SECRETS = 0xA;
    /** A block type with the top bit set is for local use: other readers skip it. */
    static final int EVENT = 0x80544C53;

    static final int OPTION_END = 0;
    static final int OPTION_COMMENT = 1;
    static final int OPTION_SHB_USERAPPL = 4;
    static final int OPTION_IF_TSRESOL = 9;
    static final int OPTION_EPB_FLAGS = 2;
    /**
     * A local option (top bit set) of a Decryption Secrets Block: the event without the values that the key log line
     * has.
     */
    static final int OPTION_EVENT = 0x8054;

    static final int LINKTYPE_RAW = 101;
    static final int TLS_KEY_LOG = 0x544C534B;
    static final String APPLICATION = "tlscope";

    static final int EVENT_VERSION = 1;
    /** Version, type, connection and time, in bytes. */
    static final int EVENT_HEADER = 20;
    /** Larger blocks are never written, and the reader rejects them as damage: no TLS record or message needs one. */
    static final int MAX_BLOCK = 16 << 20;

    private Pcapng() {}
}
