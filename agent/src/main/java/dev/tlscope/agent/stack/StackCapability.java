package dev.tlscope.agent.stack;

/** What a stack can report about its connections. */
public enum StackCapability {
    /** Handshake messages that cross the wire in the clear. */
    CLEAR_MESSAGES("messages in the clear"),
    /** Handshake messages that cross the wire encrypted. */
    ENCRYPTED_MESSAGES("encrypted messages"),
    /** Alerts in both directions, with level and description. */
    ALERTS("alerts"),
    /** Records as they cross the wire. */
    RECORDS("records"),
    /** Secrets from which Wireshark decrypts. */
    SECRETS("secrets"),
    /** Certificate chains, our own and the peer's. */
    CERTIFICATES("certificates"),
    /** The key manager's choices, and whether key and certificate belong together. */
    KEYS("keys"),
    /** The exception with which a trust manager rejected a chain. */
    TRUST_FAILURES("trust failures"),
    /** Protocols, cipher suites, groups, schemes and managers in use. */
    CONFIGURATION("configuration"),
    /** The addresses of both ends. */
    ADDRESSES("addresses");

    private final String title;

    StackCapability(String title) {
        this.title = title;
    }

    /** The name in the documentation. */
    public String title() {
        return title;
    }
}
