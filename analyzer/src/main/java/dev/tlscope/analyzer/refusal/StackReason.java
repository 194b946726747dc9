package dev.tlscope.analyzer.refusal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The reason for which a library other than JSSE refused a handshake: a row of {@code stack-reasons.txt}, which begins with a
 * description of its format.
 *
 * @param reason BoringSSL's or OpenSSL's name of it, or words of BouncyCastle
 * @param cause id of the cause
 * @param meaning what is checked there
 * @param also id of another cause that leads there; empty if there is none
 * @param decides evidence that would tell which one it is
 */
public record StackReason(String reason, String cause, String meaning, String also, String decides) {
    private static final String FILE = "stack-reasons.txt";
    private static final int COLUMNS = 5;

    /** OpenSSL's names have underscores in BoringSSL and in the constants, and spaces in its own texts. */
    private static final Pattern OPENSSL = Pattern.compile("error:[0-9A-Fa-f]+:SSL routines:[^:]*:([A-Za-z0-9_ ]+)");

    private static final String BOUNCY_CASTLE = "org.bouncycastle.tls.";

    /** The reason that one of these exceptions states, innermost first; empty when none does, or it is not known. */
    public static Optional<StackReason> of(List<String> exceptions) {
        for (int at = exceptions.size() - 1; at >= 0; at--) {
            Optional<StackReason> found = in(exceptions.get(at));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<StackReason> in(String exception) {
        Matcher openssl = OPENSSL.matcher(exception);
        if (openssl.find()) {
            String said = openssl.group(1).trim().replace(' ', '_').toUpperCase(Locale.ROOT);
            return rows().stream().filter(row -> row.reason.equals(said)).findFirst();
        }
        return exception.startsWith(BOUNCY_CASTLE)
                ? rows().stream()
                        .filter(row -> row.isInWords() && exception.contains(row.reason))
                        .findFirst()
                : Optional.empty();
    }

    private boolean isInWords() {
        return reason.indexOf(' ') > 0;
    }

    /** All rows, in the file's order. */
    static List<StackReason> rows() {
        return Table.ROWS;
    }

    private static final class Table {
        static final List<StackReason> ROWS = read();

        private static List<StackReason> read() {
            try (InputStream in = StackReason.class.getResourceAsStream(FILE)) {
                if (in == null) {
                    throw new IllegalStateException(FILE + " is missing");
                }
                List<StackReason> rows = new ArrayList<>();
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                for (String line : text.lines().toList()) {
                    if (!line.startsWith("#")) {
                        String[] cells = line.split("\t", COLUMNS);
                        boolean open = cells.length == COLUMNS;
                        rows.add(new StackReason(
                                cells[0], cells[1], cells[2], open ? cells[3] : "", open ? cells[4] : ""));
                    }
                }
                return List.copyOf(rows);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
