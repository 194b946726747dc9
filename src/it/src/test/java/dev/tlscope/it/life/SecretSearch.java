package dev.tlscope.it.life;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches bytes for secrets, in one pass: beginning, middle and end of each, as they are (DER and PKCS #8 have them so), backwards, in hexadecimal,
 * base64 at any place in its groups, and decimal, and these texts in UTF-8 and in UTF-16.
 */
final class SecretSearch {
    private static final int CHUNK = 16;

    private final Map<Integer, List<Form>> byBeginning = new HashMap<>();
    private final BitSet beginnings = new BitSet(1 << 16);

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Form(String name, byte[] bytes) {}

    SecretSearch(Map<String, byte[]> secrets) {
        secrets.forEach((name, secret) -> {
            add(name + " decimal", new BigInteger(1, secret).toString());
            int last = Math.max(0, secret.length - CHUNK);
            for (int from : new int[] {0, last / 2, last}) {
                addChunk(name + " at " + from, Arrays.copyOfRange(secret, from, Math.min(secret.length, from + CHUNK)));
            }
        });
    }

    /** Each secret that is there, and its form. */
    Set<String> in(byte[] bytes) {
        Set<String> found = new TreeSet<>();
        ByteBuffer view = ByteBuffer.wrap(bytes);
        for (int at = 0; at + 4 <= bytes.length; at++) {
            if (beginnings.get(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff))) {
                for (Form form : byBeginning.getOrDefault(view.getInt(at), List.of())) {
                    int end = at + form.bytes.length;
                    if (end <= bytes.length && Arrays.equals(bytes, at, end, form.bytes, 0, form.bytes.length)) {
                        found.add(form.name);
                    }
                }
            }
        }
        return found;
    }

    private void addChunk(String name, byte[] chunk) {
        put(name + " raw", chunk);
        byte[] backwards = new byte[chunk.length];
        for (int i = 0; i < chunk.length; i++) {
            backwards[i] = chunk[chunk.length - 1 - i];
        }
        put(name + " backwards", backwards);
        add(name + " hex", HexFormat.of().formatHex(chunk));
        add(name + " HEX", HexFormat.of().withUpperCase().formatHex(chunk));
        add(name + " hex:", HexFormat.ofDelimiter(":").formatHex(chunk));
        add(name + " text", new String(chunk, StandardCharsets.ISO_8859_1));
        for (int before = 0; before < 3; before++) {
            byte[] moved = new byte[before + chunk.length];
            System.arraycopy(chunk, 0, moved, before, chunk.length);
            String text = Base64.getEncoder().withoutPadding().encodeToString(moved);
            add(name + " base64", text.substring(before == 0 ? 0 : 4, text.length() - 1));
        }
    }

    private void add(String name, String text) {
        put(name, text.getBytes(StandardCharsets.UTF_8));
        put(name + " UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        put(name + " UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
    }

    private void put(String name, byte[] form) {
        byBeginning
                .computeIfAbsent(ByteBuffer.wrap(form).getInt(), beginning -> new ArrayList<>())
                .add(new Form(name, form));
        beginnings.set(((form[0] & 0xff) << 8) | (form[1] & 0xff));
    }
}
