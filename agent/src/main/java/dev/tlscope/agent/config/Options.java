package dev.tlscope.agent.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The options in effect, each with its origin. An agent argument takes precedence over a system property, and that over
 * the environment.
 */
public final class Options {
    /** The value of {@link Option#SECRETS} that turns them on. */
    public static final String ON = "on";

    /** The value of options that are turned off. */
    static final String OFF = "off";

    /** Value of {@code tlscope.secrets} in a JVM that refuses them. */
    private static final String FORBIDDEN = "forbidden";

    /** A file may reach four times its size. */
    private static final int PARTS = 8;

    private final Map<Option, String> values = new EnumMap<>(Option.class);
    private final Map<Option, String> origins = new EnumMap<>(Option.class);

    /** What forbids secrets; null where nothing does. */
    private @Nullable String forbiddenBy;

    private Options() {}

    /**
     * Reads the options.
     *
     * @param arguments {@code key=value,key=value}, a comma or backslash in a value escaped by a backslash
     * @param properties the JVM's system properties
     * @param environment the process's environment
     * @throws OptionException for an unknown key or a bad value, in one line with the nearest match
     */
    public static Options parse(@Nullable String arguments, Map<?, ?> properties, Map<String, String> environment)
            throws OptionException {
        Options options = new Options();
        for (Option option : Option.values()) {
            options.set(option, option.fallback(), "default");
            String variable = environment.get(option.variable());
            if (variable != null) {
                options.set(option, variable, "environment " + option.variable());
            }
            if (option == Option.SECRETS && FORBIDDEN.equals(variable)) {
                options.forbidSecrets("environment " + option.variable());
            }
            Object value = properties.get(option.property());
            if (value instanceof String) {
                options.set(option, (String) value, "system property " + option.property());
            }
            if (option == Option.SECRETS && FORBIDDEN.equals(value)) {
                options.forbidSecrets("system property " + option.property());
            }
        }
        if (arguments != null) {
            options.parseArguments(arguments);
        }
        for (Option option : Option.values()) {
            option.check(options.text(option));
        }
        options.checkPath(Option.OUT, "name a directory");
        options.checkPath(Option.SEAL, "name a file with a certificate");
        options.checkSecrets();
        return options;
    }

    /** The directory, absolute; a relative one is resolved against the JVM's working directory. */
    public Path out() {
        return Paths.get(text(Option.OUT)).toAbsolutePath();
    }

    public boolean secrets() {
        return text(Option.SECRETS).equals(ON);
    }

    /** The certificate for which the captures are encrypted, absolute; null when they are not. */
    public @Nullable Path seal() {
        String file = text(Option.SEAL);
        return file.equals(OFF) ? null : Paths.get(file).toAbsolutePath();
    }

    /** Whether the value is a path, which is relative to where it was written. */
    public static boolean isPath(Option option, String value) {
        return option == Option.OUT || (option == Option.SEAL && !value.equals(OFF));
    }

    public KeepScope keep() {
        return KeepScope.valueOf(text(Option.KEEP).toUpperCase(Locale.ROOT));
    }

    public RecordScope records() {
        return RecordScope.valueOf(text(Option.RECORDS).toUpperCase(Locale.ROOT));
    }

    /** The size in bytes at which the next file begins, small enough that the directory's limit leaves room for several. */
    public long rotate() {
        long disk = disk();
        return Math.min(Amount.bytes(text(Option.ROTATE)), Math.max(Amount.LEAST_FILE, disk / PARTS));
    }

    /** How many bytes the directory may hold; {@link Long#MAX_VALUE} for any number. */
    public long disk() {
        long bytes = Amount.bytes(text(Option.DISK));
        return bytes == 0 ? Long.MAX_VALUE : bytes;
    }

    /** The number of files that are kept; {@link Long#MAX_VALUE} for all. */
    public long files() {
        long count = Amount.count(text(Option.FILES));
        return count == 0 ? Long.MAX_VALUE : count;
    }

    public LogScope log() {
        return LogScope.valueOf(text(Option.LOG).toUpperCase(Locale.ROOT));
    }

    public boolean jmx() {
        return text(Option.JMX).equals(ON);
    }

    /** Seconds after which it detaches itself; 0 for never. */
    public long seconds() {
        return Amount.seconds(text(Option.FOR));
    }

    public boolean quiet() {
        return text(Option.QUIET).equals("true");
    }

    /** The value as it was written. */
    public String text(Option option) {
        String value = values.get(option);
        return value == null ? option.fallback() : value;
    }

    /** The option as the user would write it: {@code key=value}. */
    public String setting(Option option) {
        return option.key() + "=" + text(option);
    }

    /** The origin of the value: {@code default}, {@code agent argument}, or the name of the property or variable. */
    public String origin(Option option) {
        String origin = origins.get(option);
        return origin == null ? "default" : origin;
    }

    /** Escapes a value for the argument string. */
    public static String escape(String value) {
        return value.replace("\\", "\\\\").replace(",", "\\,");
    }

    /** Undoes {@link #escape}. */
    public static String unescape(String value) {
        return value.indexOf('\\') < 0 ? value : value.replaceAll("\\\\(.)", "$1");
    }

    /**
     * Splits an argument string at the commas that no backslash escapes, without a regular expression: a JVM's first one is
     * expensive.
     */
    public static List<String> split(String arguments) {
        List<String> pairs = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < arguments.length(); at++) {
            if (arguments.charAt(at) == '\\') {
                at++;
            } else if (arguments.charAt(at) == ',') {
                pairs.add(arguments.substring(start, at));
                start = at + 1;
            }
        }
        pairs.add(arguments.substring(start));
        return pairs;
    }

    /** Whoever starts the JVM may forbid secrets to all who attach; no argument of theirs allows them again. */
    private void forbidSecrets(String by) {
        forbiddenBy = by;
        set(Option.SECRETS, OFF, by);
    }

    private void checkSecrets() throws OptionException {
        if (forbiddenBy != null && secrets()) {
            throw new OptionException("this JVM forbids secrets (" + forbiddenBy + " is " + FORBIDDEN
                    + "); capture with secrets=off, or restart it without that setting");
        }
    }

    private void checkPath(Option option, String next) throws OptionException {
        try {
            Paths.get(text(option));
        } catch (InvalidPathException e) {
            throw new OptionException("option " + option.key() + " is not a path: " + e.getMessage() + "; " + next);
        }
    }

    private void parseArguments(String arguments) throws OptionException {
        for (String pair : split(arguments)) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String key = equals < 0 ? pair : pair.substring(0, equals);
            Option option = Option.of(key);
            if (option == null) {
                throw new OptionException("unknown option '" + key + "'" + NearMatch.hint(key, Option.keys())
                        + "; the options are " + String.join(", ", Option.keys()));
            }
            if (equals < 0) {
                throw new OptionException("option " + key + " has no value; write " + key + "=" + option.takes());
            }
            set(option, unescape(pair.substring(equals + 1)), "agent argument");
        }
    }

    private void set(Option option, String value, String origin) {
        values.put(option, value);
        origins.put(option, origin);
    }
}
