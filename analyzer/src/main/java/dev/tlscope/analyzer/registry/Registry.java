package dev.tlscope.analyzer.registry;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The names of an IANA registry of numbers. */
public final class Registry {
    private static final String[] NO_PAGE = {};

    private final int bytes;
    private final Map<Integer, String> names;
    private final Map<String, Integer> codes = new HashMap<>();
    /** The names by high and low byte, for fast lookup. */
    private final String[][] pages;

    private final int privateFrom;
    private final int privateTo;

    private Registry(int bytes, Map<Integer, String> names, int privateFrom, int privateTo) {
        this.bytes = bytes;
        this.names = names;
        names.forEach((code, name) -> codes.merge(name, code, Math::min));
        this.pages = pages(names);
        this.privateFrom = privateFrom;
        this.privateTo = privateTo;
    }

    /**
     * A registry of numbers of one or two bytes.
     *
     * @param table one {@code HEX NAME} per line
     */
    public static Registry of(int bytes, String table) {
        Map<Integer, String> names = new HashMap<>();
        table.lines().forEach(line -> {
            int space = line.indexOf(' ');
            names.put(Integer.parseInt(line.substring(0, space), 16), line.substring(space + 1));
        });
        return new Registry(bytes, Map.copyOf(names), -1, -1);
    }

    /** The same registry with a range that IANA reserves for private use. */
    Registry withPrivateUse(int from, int to) {
        return new Registry(bytes, names, from, to);
    }

    /** The registered name; otherwise the kind of number (GREASE, private use, unassigned) and the number in hex. */
    public String nameOf(int code) {
        String[] page = code >>> 8 < pages.length ? pages[code >>> 8] : NO_PAGE;
        String name = page.length == 0 ? null : page[code & 0xff];
        return name == null ? unregistered(code) : name;
    }

    private String unregistered(int code) {
        String hex = "0x" + HexFormat.of().toHexDigits(code, 2 * bytes);
        if (bytes == 2 && isGrease(code)) {
            return "GREASE_" + hex;
        }
        return (code >= privateFrom && code <= privateTo ? "private_use_" : "unassigned_") + hex;
    }

    /** The number with that name, or -1. */
    public int ofName(String name) {
        return codes.getOrDefault(name, -1);
    }

    /** 0x0a0a, 0x1a1a ... 0xfafa (RFC 8701, 2). */
    static boolean isGrease(int code) {
        return (code & 0x0f0f) == 0x0a0a && code >>> 8 == (code & 0xff);
    }

    private static String[][] pages(Map<Integer, String> names) {
        String[][] pages = new String[1 << 8][];
        Arrays.fill(pages, NO_PAGE);
        names.forEach((code, name) -> {
            if (pages[code >>> 8].length == 0) {
                pages[code >>> 8] = new String[1 << 8];
            }
            pages[code >>> 8][code & 0xff] = name;
        });
        return pages;
    }
}
