package dev.tlscope.it.raw;

import java.security.GeneralSecurityException;
import java.util.Arrays;

/** A session ticket of TLS 1.3 and its PSK, as a client offers it (RFC 8446, 4.2.11). */
final class RawPsk {
    private static final int BINDER = 32;

    private final byte[] ticket;
    private final int ageAdd;
    private final byte[] key;

    RawPsk(byte[] ticket, int ageAdd, byte... key) {
        this.ticket = ticket;
        this.ageAdd = ageAdd;
        this.key = key;
    }

    byte[] key() {
        return key.clone();
    }

    byte[] identities() {
        return new OctetWriter()
                .vector(2, new OctetWriter().vector(2, ticket).number(4, ageAdd).bytes())
                .bytes();
    }

    /** The hello with psk_key_exchange_modes and, last, this PSK with the right binder. */
    ClientHelloDraft offer(ClientHelloDraft hello) throws GeneralSecurityException {
        offer(hello, new byte[BINDER]);
        byte[] whole = hello.message();
        byte[] truncated = Arrays.copyOf(whole, whole.length - (2 + 1 + BINDER));
        return offer(hello, new RawSchedule13(key).binder(truncated));
    }

    /** The hello with this PSK and any binders. */
    ClientHelloDraft offer(ClientHelloDraft hello, byte[]... binders) {
        hello.put(HelloExtensions.PSK_KEY_EXCHANGE_MODES, (byte) 1, (byte) 1);
        OctetWriter list = new OctetWriter();
        for (byte[] binder : binders) {
            list.vector(1, binder);
        }
        return hello.put(
                HelloExtensions.PRE_SHARED_KEY,
                new OctetWriter().raw(identities()).vector(2, list.bytes()).bytes());
    }
}
