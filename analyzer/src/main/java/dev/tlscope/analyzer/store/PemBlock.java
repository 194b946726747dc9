package dev.tlscope.analyzer.store;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A block of PEM (RFC 7468). */
final class PemBlock {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s*(.*?)\\s*-----END \\1-----", Pattern.DOTALL);
    private static final Pattern HEADERS = Pattern.compile("\\A(?:[A-Za-z-]+: .*\\R(?:[ \t].*\\R)*)+\\R?");

    private final String label;
    private final boolean encrypted;
    private final byte[] bytes;

    private PemBlock(String label, boolean encrypted, byte[] bytes) {
        this.label = label;
        this.encrypted = encrypted;
        this.bytes = bytes;
    }

    /** What stands after BEGIN. */
    String label() {
        return label;
    }

    /** True for the older encryption by header fields (RFC 1421): {@code Proc-Type: 4,ENCRYPTED}. */
    boolean encrypted() {
        return encrypted;
    }

    /** The decoded content. */
    byte[] bytes() {
        return bytes.clone();
    }

    /** The blocks of a text, which may have other lines between them. */
    static List<PemBlock> of(String text) throws StoreException {
        List<PemBlock> blocks = new ArrayList<>();
        for (Matcher block = BLOCK.matcher(text); block.find(); ) {
            Matcher headers = HEADERS.matcher(block.group(2));
            boolean headed = headers.lookingAt();
            String base64 = headed ? block.group(2).substring(headers.end()) : block.group(2);
            try {
                blocks.add(new PemBlock(
                        block.group(1),
                        headed && headers.group().contains("ENCRYPTED"),
                        Base64.getMimeDecoder().decode(base64)));
            } catch (IllegalArgumentException e) {
                throw new StoreException("block " + (blocks.size() + 1) + ", " + block.group(1)
                        + ", is not base64; copy the file again, as text");
            }
        }
        return blocks;
    }
}
