package dev.tlscope.it.raw;

/** The contents of JSSE's ClientHello that a raw server needs. */
final class ClientOffer {
    private final byte[] random;
    private final byte[] session;
    private final HelloExtensions extensions;

    ClientOffer(byte... message) {
        OctetReader in = new OctetReader(message);
        in.number(4);
        in.number(2);
        random = in.raw(32);
        session = in.vector(1);
        in.vector(2);
        in.vector(1);
        extensions = in.isAtEnd() ? new HelloExtensions() : HelloExtensions.read(in.vector(2));
    }

    byte[] random() {
        return random.clone();
    }

    byte[] session() {
        return session.clone();
    }

    HelloExtensions extensions() {
        return extensions;
    }

    /** The key_exchange of its share of a group; empty if it sent none. */
    byte[] share(int group) {
        byte[] list = extensions.get(HelloExtensions.KEY_SHARE);
        if (list != null) {
            OctetReader in = new OctetReader(new OctetReader(list).vector(2));
            while (!in.isAtEnd()) {
                int name = in.number(2);
                byte[] keyExchange = in.vector(2);
                if (name == group) {
                    return keyExchange;
                }
            }
        }
        return new byte[0];
    }
}
