package dev.tlscope.analyzer.fuzz;

import dev.tlscope.analyzer.message.DecodedField;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.model.Certificates;
import dev.tlscope.analyzer.model.CompressedCertificate;
import dev.tlscope.analyzer.model.Hello;
import dev.tlscope.analyzer.model.Message;
import java.util.Arrays;
import java.util.List;

/** Jazzer's target for messages, with one byte for the version and one for the content type before each. */
public final class MessageTarget {
    private static final int[] VERSIONS = {0, 0x0301, 0x0302, 0x0303, 0x0304, 0xfeff, 0xfefd};

    private MessageTarget() {}

    /** Called by Jazzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length < 2) {
            return;
        }
        int version = VERSIONS[(input[0] & 0xff) % VERSIONS.length];
        int contentType = 20 + (input[1] & 0xff) % 3;
        byte[] bytes = Arrays.copyOfRange(input, 2, input.length);
        MessageDecoder decoder = new MessageDecoder(version, -1);
        check(decoder.decode(contentType, bytes), bytes.length);
        check(
                decoder.decode(contentType, bytes),
                bytes.length); // the first message affects how the decoder reads the next
        Message message = new Message(false, contentType, bytes, 0);
        Hello.parse(message).ifPresent(hello -> {
            hello.serverName();
            hello.offeredVersions();
            hello.applicationProtocols();
            hello.groups();
            hello.signatureSchemes();
        });
        Certificates.chain(message, version == 0x0304);
        CompressedCertificate.unpack(message);
    }

    private static void check(DecodedMessage message, int length) {
        check(message.fields(), length);
        message.problems();
    }

    /** Checks that no field is outside its message. */
    private static void check(List<DecodedField> fields, int length) {
        for (DecodedField field : fields) {
            if (field.offset() < 0 || field.length() < 0 || field.offset() > length) {
                throw new AssertionError(field.name() + " lies at " + field.offset() + " of " + length);
            }
            check(field.children(), length);
        }
    }
}
