package dev.tlscope.agent.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The table of options. The same key is an agent argument ({@code key=value}), a command-line flag ({@code --key
 * value}), a system property ({@code tlscope.key}) and an environment variable ({@code TLSCOPE_KEY}).
 */
public enum Option {
    OUT("out", "tlscope-captures", "DIR", "directory for the captures; made with mode 0700 when it is missing"),
    SECRETS(
            "secrets",
            "off",
            Options.ON + "|off",
            "whether secrets are captured, so that Wireshark decrypts the traffic"),
    SEAL(
            "seal",
            Options.OFF,
            "FILE",
            "certificate (PEM, RSA) for whose owner the captures are encrypted; tlscope open decrypts them"),
    KEEP(
            "keep",
            text(KeepScope.FAILURES),
            takes(KeepScope.values()),
            "which handshakes are written: all, or only failed ones"),
    RECORDS(
            "records",
            text(RecordScope.HANDSHAKE),
            takes(RecordScope.values()),
            "which wire records are written; all includes application data"),
    ROTATE("rotate", "256m", "SIZE", "size at which the next file begins: bytes, or with a suffix k, m or g"),
    FILES(
            "files",
            "16",
            "COUNT",
            "how many captures the directory keeps, of all JVMs; the oldest is deleted first; 0 keeps all"),
    DISK("disk", "1g", "SIZE", "size of all captures in the directory; the oldest is deleted first; 0: no limit"),
    LOG(
            "log",
            text(LogScope.OFF),
            takes(LogScope.values()),
            "what goes to the application's log: failures (app), problems, or all"),
    JMX("jmx", Options.ON, Options.ON + "|off", "whether there is an MBean dev.tlscope:type=Capture"),
    FOR(
            "for",
            "0",
            "TIME",
            "how long to capture, such as 90s, 30m or 2h; then the agent detaches itself; 0: until detach"),
    QUIET("quiet", "false", "true|false", "whether the one start line on standard error is left out");

    private final String key;
    private final String fallback;
    private final String takes;
    private final String description;

    Option(String key, String fallback, String takes, String description) {
        this.key = key;
        this.fallback = fallback;
        this.takes = takes;
        this.description = description;
    }

    public String key() {
        return key;
    }

    /** The default value. */
    public String fallback() {
        return fallback;
    }

    /** The accepted values, separated by bars, or a word for their kind. */
    public String takes() {
        return takes;
    }

    /** The accepted values; empty when they are too many to list. */
    public List<String> allowed() {
        return takes.indexOf('|') < 0 ? Collections.emptyList() : Arrays.asList(takes.split("\\|", -1));
    }

    /** What the option does, in a phrase. */
    public String description() {
        return description;
    }

    /** {@code tlscope.key}. */
    public String property() {
        return "tlscope." + key;
    }

    /** {@code TLSCOPE_KEY}. */
    public String variable() {
        return "TLSCOPE_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    /** The option with that key, or null. */
    public static @Nullable Option of(String key) {
        for (Option option : values()) {
            if (option.key.equals(key)) {
                return option;
            }
        }
        return null;
    }

    /** All keys, in the table's order. */
    public static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Option option : values()) {
            keys.add(option.key);
        }
        return Collections.unmodifiableList(keys);
    }

    /** The text of an enum's value in options. */
    public static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String takes(Enum<?>... values) {
        StringBuilder takes = new StringBuilder();
        for (Enum<?> value : values) {
            takes.append(takes.length() == 0 ? "" : "|").append(text(value));
        }
        return takes.toString();
    }

    /** Accepts a value, or throws with one line that says what is wrong with it. */
    void check(String value) throws OptionException {
        List<String> allowed = allowed();
        if (allowed.isEmpty()) {
            if (value.isEmpty()) {
                throw new OptionException("option " + key + " is empty; give it a " + takes);
            }
            if (this == ROTATE && Amount.bytes(value) < Amount.LEAST_FILE) {
                throw new OptionException(
                        "option rotate is not a size of 64k or more: '" + value + "'; write for example 256m");
            }
            if (this == DISK && !value.equals("0") && Amount.bytes(value) < Amount.LEAST_DISK) {
                throw new OptionException("option disk is not a size of 1m or more: '" + value
                        + "'; write for example 1g, or 0 for no limit");
            }
            if (this == FILES && Amount.count(value) < 0) {
                throw new OptionException(
                        "option files is not a count: '" + value + "'; write for example 16, or 0 to keep all");
            }
            if (this == FOR && Amount.seconds(value) < 0) {
                throw new OptionException(
                        "option for is not a time: '" + value + "'; write for example 90s, 30m or 2h");
            }
            return;
        }
        if (!allowed.contains(value)) {
            throw new OptionException("option " + key + " has no value '" + value + "'" + NearMatch.hint(value, allowed)
                    + "; it accepts " + takes);
        }
    }
}
