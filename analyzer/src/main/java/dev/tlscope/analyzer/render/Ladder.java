package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Finding;
import dev.tlscope.analyzer.message.DecodedMessage;
import dev.tlscope.analyzer.message.MessageDecoder;
import dev.tlscope.analyzer.model.AliasChoices;
import dev.tlscope.analyzer.model.AliasVerdict;
import dev.tlscope.analyzer.model.Configuration;
import dev.tlscope.analyzer.model.EngineEnding;
import dev.tlscope.analyzer.model.Handshake;
import dev.tlscope.analyzer.model.MessagePlaces;
import dev.tlscope.analyzer.model.PolicyRemoval;
import dev.tlscope.analyzer.model.Times;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import dev.tlscope.capture.Field;
import dev.tlscope.tls.AlertDescription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Text output of a handshake as a ladder diagram, the client on the left, with the important fields, secrets and times.
 */
public final class Ladder {
    private static final String INDENT = " ".repeat(26);
    private static final int ROW = 16;
    /** Code of a field that an older capture module does not have. */
    private static final int PROVIDER = 50;

    private static final int ALGORITHM = 51;

    private final PrintWriter out;
    private final Style style;
    private final boolean hex;
    private final boolean secrets;
    private boolean fileIsTemporary;

    /**
     * A ladder diagram on a stream.
     *
     * @param hex whether messages have a hex dump
     * @param secrets whether secrets are shown with their values
     */
    public Ladder(PrintWriter out, Style style, boolean hex, boolean secrets) {
        this.out = out;
        this.style = style;
        this.hex = hex;
        this.secrets = secrets;
    }

    /** Leaves out the name of the capture, which is deleted. */
    public Ladder withoutFile() {
        fileIsTemporary = true;
        return this;
    }

    /**
     * Prints a handshake.
     *
     * @param finding the cause of its failure; null if it did not fail
     */
    public void show(Handshake handshake, @Nullable Finding finding) {
        out.println(style.bold(Times.readable(handshake.timeNanos())) + "  connection " + handshake.connection() + "  "
                + handshake.role() + " " + TextReport.who(handshake));
        out.println("  " + outcome(handshake)
                + (fileIsTemporary
                        ? ""
                        : "  " + PrintableText.of(handshake.file().toString())));
        BeforeCapture.of(handshake).forEach(told -> print("  ", told));
        long before = handshake.timeNanos();
        boolean lastSent = false;
        MessageDecoder decoder = handshake.decoder();
        MessagePlaces places = MessagePlaces.of(handshake);
        for (Event event : inTime(handshake)) {
            byte[] bytes = event.bytes(Field.BYTES);
            if (event.type() == EventType.MESSAGE && bytes != null) {
                boolean sent = event.isSent();
                String gap = before == handshake.timeNanos() || sent != lastSent
                        ? "+" + Times.duration(Math.max(0, event.timeNanos() - before))
                        : "";
                message(
                        event,
                        bytes,
                        sent == handshake.isClient(),
                        gap,
                        decoder,
                        handshake.timeNanos(),
                        place(event, places));
                before = event.timeNanos();
                lastSent = sent;
            } else {
                other(event, handshake.timeNanos());
            }
        }
        if (handshake.capturedEvents().leftOut() > 0) {
            print(
                    "  ",
                    handshake.capturedEvents().leftOut()
                            + " more events of this connection are in the file; the first 4 MiB are shown");
        }
        removals(handshake);
        for (AliasVerdict alias : AliasChoices.of(handshake)) {
            print(
                    "  ",
                    PrintableText.of("alias " + alias.alias() + (alias.chosen() ? " chosen: " : " passed over: ")
                            + alias.detail()));
        }
        if (finding != null) {
            print("  ", style.red(finding.cause().id()) + ": " + PrintableText.of(finding.summary()));
        }
        out.println();
    }

    private void removals(Handshake handshake) {
        Configuration configuration = handshake.configuration();
        Map<String, List<String>> byEntry = new LinkedHashMap<>();
        for (PolicyRemoval removal :
                configuration == null ? List.<PolicyRemoval>of() : PolicyRemoval.of(configuration)) {
            byEntry.computeIfAbsent(removal.entry() + " of " + removal.property(), any -> new ArrayList<>())
                    .add(removal.name());
        }
        byEntry.forEach((entry, names) ->
                print("  ", PrintableText.of("policy entry " + entry + " removed " + String.join(", ", names))));
    }

    /** The events sorted by time: in the file, secrets precede the packets that they decrypt. */
    private static List<Event> inTime(Handshake handshake) {
        return handshake.events().stream()
                .sorted(Comparator.comparingLong(Event::timeNanos))
                .toList();
    }

    private static String outcome(Handshake handshake) {
        String what = handshake.outcome();
        String in = handshake.durationNanos().isPresent()
                ? " in " + Times.duration(handshake.durationNanos().getAsLong())
                : "";
        return what
                + in
                + TextReport.ending(handshake)
                + (handshake.protocol() == null ? "" : "  " + PrintableText.of(handshake.protocol()))
                + (handshake.cipherSuite() == null ? "" : "  " + PrintableText.of(handshake.cipherSuite()));
    }

    private void message(
            Event event, byte[] bytes, boolean toServer, String gap, MessageDecoder decoder, long begin, String place) {
        DecodedMessage message = decoder.decode((int) event.number(Field.CONTENT_TYPE, 0), bytes);
        String arrow = toServer ? "client -> server  " : "client <- server  ";
        out.println(time(event, begin) + " " + String.format("%11s", gap) + "  " + style.dim(arrow)
                + style.bold(message.name()) + style.dim("  " + bytes.length + " bytes" + place));
        for (String line : MessageLines.of(message)) {
            String text = PrintableText.of(line);
            int indent = text.length() - text.stripLeading().length();
            print(INDENT + " ".repeat(indent), text.contains("malformed at byte") ? style.red(text) : text.strip());
        }
        if (hex) {
            dump(bytes, 0, bytes.length);
        } else {
            message.problems().stream().findFirst().ifPresent(problem -> dumpAround(bytes, problem.offset()));
        }
    }

    /** The rows of bytes around an offset that could not be parsed. */
    private void dumpAround(byte[] bytes, int offset) {
        int row = offset / ROW * ROW;
        dump(bytes, Math.max(0, row - ROW), Math.min(bytes.length, row + 2 * ROW));
    }

    private static String place(Event message, MessagePlaces places) {
        OptionalInt flight = places.flight(message);
        List<Long> records = places.records(message);
        String numbers = records.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return (flight.isPresent() ? ", flight " + flight.getAsInt() : "")
                + (records.isEmpty() ? "" : records.size() == 1 ? ", record " + numbers : ", records " + numbers);
    }

    private void other(Event event, long begin) {
        switch (event.type()) {
            case SECRET -> {
                byte[] bytes = event.bytes(Field.BYTES);
                String provider = text(event, PROVIDER);
                String algorithm = text(event, ALGORITHM);
                String by = provider == null ? "" : ", made by " + provider;
                String how = algorithm == null ? "" : " " + algorithm;
                String size = bytes == null ? "" : "  " + bytes.length + " bytes";
                note(event, begin, "secret " + event.text(Field.LABEL) + size + by + how);
                if (secrets && bytes != null) {
                    print(INDENT, HexFormat.of().formatHex(bytes));
                }
            }
            case KEY_PAIR ->
                note(
                        event,
                        begin,
                        "key manager returned " + event.text(Field.KEY_ALGORITHM) + " key"
                                + (event.text(Field.ALIAS) == null ? "" : " of alias " + event.text(Field.ALIAS))
                                + ", belongs to its certificate: " + event.text(Field.MATCH));
            case KEY_CHOICE -> {
                String answer = event.text(Field.ALIAS);
                long authorities = event.number(Field.ISSUER_COUNT, 0);
                note(
                        event,
                        begin,
                        "key manager asked for " + String.join(", ", event.texts(Field.KEY_TYPE))
                                + (authorities == 0 ? "" : " by one of " + authorities + " authorities")
                                + (answer == null ? ": has none" : ": alias " + answer));
            }
            case HANDSHAKE -> note(event, begin, event.flag(Field.RESUMED) ? "complete, resumed" : "complete");
            case FAILURE -> {
                long alert = event.number(Field.ALERT, -1);
                String name = alert < 0 ? "no alert" : AlertDescription.nameOf((int) alert);
                String way = event.isReceived() ? "received " : "raised ";
                String said = event.text(Field.DIAGNOSTIC);
                String givenUp = event.text(Field.GIVEN_UP);
                note(
                        event,
                        begin,
                        givenUp != null ? "given up, " + givenUp : way + name + (said == null ? "" : ": " + said));
            }
            case SOCKET_END -> note(event, begin, "socket below the engine: " + EngineEnding.describe(event));
            case NOTE -> note(event, begin, "note " + event.text(Field.NAME) + " " + event.text(Field.VALUE));
            default -> {
                // records, addresses and references to configurations are only in JSON
            }
        }
    }

    private void note(Event event, long begin, String text) {
        print(time(event, begin) + " ".repeat(14), style.dim(PrintableText.of(text)));
    }

    private static @Nullable String text(Event event, int code) {
        Field field = Field.of(code);
        return field == null ? null : event.text(field);
    }

    private static String time(Event event, long begin) {
        return String.format(Locale.ROOT, "%12s", Times.duration(Math.max(0, event.timeNanos() - begin)));
    }

    private void print(String indent, String text) {
        List<String> lines = style.fold(indent.length(), text);
        out.println(indent + lines.get(0));
        String blank = " ".repeat(indent.length() + 2);
        lines.stream().skip(1).forEach(line -> out.println(blank + line));
    }

    private void dump(byte[] bytes, int from, int to) {
        HexFormat format = HexFormat.ofDelimiter(" ");
        for (int at = from; at < to; at += ROW) {
            out.println(INDENT + String.format("%06x  ", at) + format.formatHex(bytes, at, Math.min(to, at + ROW)));
        }
    }
}
