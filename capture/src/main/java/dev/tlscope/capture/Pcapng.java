package dev.tlscope.capture;

/** Numbers of pcapng (draft-ietf-opsawg-pcapng) and of tlscope's own block that writer and reader share. */
final class Pcapng {
    static final int SECTION_HEADER = 0x0A0D0D0A;
    static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int ENHANCED_PACKET = 6;
    static final int DECRYPTION_SECRETS = 0xA;
    /** Top bit set: local use, skipped by other readers. */
    static final int EVENT = 0x80544C53;

    static final int OPTION_END = 0;
    static final int OPTION_COMMENT = 1;
    static final int OPTION_SHB_USERAPPL = 4;
    static final int OPTION_IF_TSRESOL = 9;
    static final int OPTION_EPB_FLAGS = 2;
    /** Top bit set: local use. In a Decryption Secrets Block: the event without what the key log line says. */
    static final int OPTION_EVENT = 0x8054;

    static final int LINKTYPE_RAW = 101;
    static final int TLS_KEY_LOG = 0x544C534B;
    static final String APPLICATION = "tlscope";

    static final int EVENT_VERSION = 1;
    /** Version, type, connection, time. */
    static final int EVENT_HEADER = 20;
    /** Larger blocks are never written, and are damage to the reader: nothing in TLS needs them. */
    static final int MAX_BLOCK = 16 << 20;

    private Pcapng() {}
}
