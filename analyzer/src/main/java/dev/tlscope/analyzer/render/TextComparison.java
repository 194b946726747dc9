package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.compare.Comparison;
import dev.tlscope.analyzer.compare.Difference;
import dev.tlscope.analyzer.compare.MessagePair;
import dev.tlscope.analyzer.compare.RecordPair;
import dev.tlscope.analyzer.compare.RecordPair.Fate;
import dev.tlscope.analyzer.compare.SecretPair;
import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.analyzer.schedule.SecretRedaction;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Text output of {@code diff}: both ends line by line, the differences in full, and their meaning. */
public final class TextComparison implements ComparisonReport {
    private static final int MOST_BYTES = 8;

    private final PrintWriter out;
    private final Style style;
    private final SecretRedaction shown;
    private long connections;
    private long different;

    public TextComparison(PrintWriter out, Style style, SecretRedaction shown) {
        this.out = out;
        this.style = style;
        this.shown = shown;
    }

    @Override
    public void compared(Comparison comparison, @Nullable Finding cause) {
        Handshake client = comparison.ends().client();
        connections++;
        out.println(style.bold(Times.readable(client.timeNanos())) + "  " + TextReport.who(client)
                + (client.protocol() == null ? "" : "  " + PrintableText.of(client.protocol()))
                + (client.cipherSuite() == null ? "" : "  " + PrintableText.of(client.cipherSuite())));
        end("client", client);
        end("server", comparison.ends().server());
        comparison.messages().forEach(this::message);
        records(comparison.records(), true);
        records(comparison.records(), false);
        comparison.secrets().forEach(this::secret);
        List<Difference> meanings = comparison.meanings();
        different += meanings.isEmpty() ? 0 : 1;
        for (Difference meaning : meanings) {
            out.println("  " + style.red("means: ") + PrintableText.of(meaning.text()));
        }
        if (cause != null) {
            out.println("  cause: " + style.red(cause.cause().id()) + " ("
                    + cause.confidence().name().toLowerCase(Locale.ROOT) + "): "
                    + PrintableText.of(cause.summary()));
        }
        if (meanings.isEmpty()) {
            boolean failed = comparison.secrets().stream().anyMatch(SecretPair::afterFailure);
            out.println("  the same at both ends"
                    + (failed ? ", up to the failure" : comparison.isComplete() ? "" : ", as far as it was read"));
        }
        out.println();
    }

    @Override
    public void end(long alone) {
        out.println(connections + " connections at both ends: " + (connections - different) + " the same, " + different
                + " different; " + alone + " at one end only");
        out.flush();
    }

    private void end(String role, Handshake handshake) {
        out.println(style.dim("  " + role + ": "
                + PrintableText.of(handshake.file().toString()) + ", connection " + handshake.connection()));
    }

    private void message(MessagePair pair) {
        MessagePair.Side sent = pair.sent();
        MessagePair.Side received = pair.received();
        String state =
                pair.differs() ? "differs" : received == null ? "not received" : sent == null ? "not sent" : "same";
        out.println("  " + mark(state, pair.differs()) + arrow(pair.byClient()) + pair.name() + "  "
                + size(sent, received));
        if (pair.differs()) {
            out.println(
                    "      " + (pair.path().isEmpty() ? "" : pair.path() + ", ") + "byte " + pair.offset() + ": sent "
                            + PrintableText.of(pair.value(false)) + ", received "
                            + PrintableText.of(pair.value(true)));
        }
    }

    private static String size(MessagePair.@Nullable Side sent, MessagePair.@Nullable Side received) {
        int before = sent == null ? 0 : sent.message().bytes().length;
        int after = received == null ? before : received.message().bytes().length;
        return before == after || before == 0 ? after + " bytes" : before + " bytes sent, " + after + " received";
    }

    private void records(List<RecordPair> all, boolean byClient) {
        List<RecordPair> records =
                all.stream().filter(pair -> pair.byClient() == byClient).toList();
        if (records.isEmpty()) {
            return;
        }
        long same = records.stream().filter(pair -> pair.fate() == Fate.SAME).count();
        long unknown = records.stream()
                .filter(pair -> pair.fate() == Fate.NOT_CAPTURED)
                .count();
        long pending = records.stream()
                .filter(pair -> pair.fate() == Fate.NOT_RECEIVED)
                .count();
        out.println("  " + mark("records", false) + arrow(byClient) + same + " the same"
                + (pending == 0 ? "" : ", " + pending + " not received or not captured there")
                + (unknown == 0 ? "" : ", " + unknown + " not captured where they were sent"));
        records.stream().filter(RecordPair::differs).forEach(this::record);
    }

    private void record(RecordPair pair) {
        String fate = pair.fate().name().toLowerCase(Locale.ROOT);
        StringBuilder line = new StringBuilder(pair.place().toString());
        if (pair.origin() != null) {
            line.append(": what was sent as ").append(pair.origin());
        }
        if (pair.offset() >= 0) {
            line.append(": byte ")
                    .append(pair.offset())
                    .append(" of the record: sent ")
                    .append(bytes(pair.sent(), pair.offset()))
                    .append(", received ")
                    .append(bytes(pair.received(), pair.offset()));
        }
        out.println("  " + mark(fate, true) + arrow(pair.byClient()) + "record of " + line);
    }

    private void secret(SecretPair pair) {
        String client = shown.value(pair.client(), true);
        String server = shown.value(pair.server(), true);
        String state = client == null || server == null
                ? "one end"
                : Arrays.equals(pair.client(), pair.server()) ? "same" : "differs";
        String values = state.equals("same")
                ? String.valueOf(client)
                : "client " + (client == null ? "none" : client) + ", server " + (server == null ? "none" : server);
        out.println("  " + mark(state, pair.differs()) + "  secret            " + PrintableText.of(pair.label()) + "  "
                + values + (pair.afterFailure() ? ", after a failure" : ""));
    }

    private static String bytes(byte @Nullable [] record, int offset) {
        return record == null || offset >= record.length
                ? "nothing more"
                : HexFormat.of().formatHex(record, offset, Math.min(record.length, offset + MOST_BYTES));
    }

    private String mark(String state, boolean differs) {
        String text = String.format("%-12s", state);
        return differs ? style.red(text) : text;
    }

    private static String arrow(boolean byClient) {
        return byClient ? "  client -> server  " : "  client <- server  ";
    }
}
