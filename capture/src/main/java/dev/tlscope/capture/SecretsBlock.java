package dev.tlscope.capture;

import dev.tlscope.tls.SecretLabel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a secret that has an RFC 9850 label as a Decryption Secrets Block, which Wireshark reads. */
final class SecretsBlock {
    private static final Set<Field> IN_LINE = EnumSet.of(Field.LABEL, Field.CLIENT_RANDOM, Field.BYTES);
    private static final int RANDOM_LENGTH = 32;
    private static final int MAX_SECRET = 1024;
    private static final int MAX_OPTION = 0xfffc;

    private SecretsBlock() {}

    /** False when the event is no such secret; nothing is written then. */
    static boolean append(BlockBuffer to, Event event) {
        @Nullable String label = event.text(Field.LABEL);
        byte[] random = event.bytes(Field.CLIENT_RANDOM);
        byte[] secret = event.bytes(Field.BYTES);
        if (event.type() != EventType.SECRET
                || label == null
                || SecretLabel.ofName(label) == null
                || random == null
                || random.length != RANDOM_LENGTH
                || secret == null
                || secret.length == 0
                || secret.length > MAX_SECRET) {
            return false;
        }
        to.begin(Pcapng.DECRYPTION_SECRETS);
        to.u32(Pcapng.TLS_KEY_LOG);
        to.u32(label.length() + 2 * (random.length + secret.length) + 3);
        to.put(label.getBytes(StandardCharsets.US_ASCII));
        to.u8(' ');
        to.hex(random);
        to.u8(' ');
        to.hex(secret);
        to.u8('\n');
        to.pad();
        BlockBuffer rest = new BlockBuffer();
        EventEncoder.append(rest, event, IN_LINE, MAX_OPTION);
        to.option(Pcapng.OPTION_EVENT, rest.copy());
        to.option(Pcapng.OPTION_END, new byte[0]);
        to.end();
        return true;
    }
}
