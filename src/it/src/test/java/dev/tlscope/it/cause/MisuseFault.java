package dev.tlscope.it.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tlscope.it.harness.ExplainedFailures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** The network is sound, but an application uses its SSLEngine in a wrong way. */
enum MisuseFault implements CryptoFault {
    /** Two threads wrap and send; the later record is sent first. */
    WRAP_RACE("RACE", "alone"),
    /** The receiving end reads and unwraps on two threads; the later record is unwrapped first. */
    UNWRAP_RACE("pieces", "TWO_THREADS"),
    /**
     * One thread sends wrapped records in another order: they arrive out of order, and no evidence shows who reordered
     * them.
     */
    SENT_SWAPPED("SWAPPED", "alone"),
    /** One thread sends a buffer twice. */
    SENT_TWICE("TWICE", "alone"),
    /** The receiving end passes a record to its engine twice. */
    READ_TWICE("pieces", "AGAIN"),
    /** The receiving end never passes a record to its engine. */
    READ_LOST("pieces", "LOST");

    private final String writing;
    private final String peerReading;

    MisuseFault(String writing, String peerReading) {
        this.writing = writing;
        this.peerReading = peerReading;
    }

    @Override
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String writing() {
        return writing;
    }

    @Override
    public String peerReading() {
        return peerReading;
    }

    /** The misused end has an engine; its peer's transport makes no difference to the explanation. */
    @Override
    public List<CryptoCell.Ends> ends() {
        return List.of(
                CryptoCell.Ends.ENGINES,
                peerReading.equals("alone") ? CryptoCell.Ends.ENGINE_TO_SOCKET : CryptoCell.Ends.SOCKET_TO_ENGINE);
    }

    @Override
    public List<Told> check(CryptoCell cell, CryptoPlay play) {
        return switch (this) {
            case WRAP_RACE -> checkWrapRace(cell, play);
            case UNWRAP_RACE -> checkUnwrapRace(cell, play);
            case SENT_SWAPPED -> checkSent(cell, play, NetworkFault.SWAP);
            case SENT_TWICE, READ_TWICE -> checkSent(cell, play, NetworkFault.REPEAT);
            case READ_LOST -> checkSent(cell, play, NetworkFault.DROP);
        };
    }

    /**
     * The receiver alone cannot distinguish it from a bad network; both captures show that nothing was between the
     * ends, but not which application it was.
     */
    private static List<Told> checkSent(CryptoCell cell, CryptoPlay play, NetworkFault same) {
        JsonNode alone = play.required(play.alone(cell, cell.other()), cell);
        same.checkReceived(alone, play.describe(cell, alone));
        assertThat(alone.get("candidates").findValuesAsText("cause"))
                .as(play.describe(cell, alone))
                .isEqualTo(cell.isEngine(cell.other()) ? List.of("engine-misuse") : List.of());
        same.checkDiff(cell, play);
        List<Told> told = new ArrayList<>(List.of(new Told("record-desync", cell.other(), "alone")));
        told.addAll(checkBoth(cell, play, failure -> {
            String all = play.describe(cell, failure);
            assertThat(failure.get("summary").asText()).as(all).isEqualTo(applications(cell));
            assertThat(ExplainedFailures.value(failure, "sent by")).as(all).isEqualTo(cell.faulty());
            assertThat(ExplainedFailures.value(failure, "record is"))
                    .as(all)
                    .isEqualTo(same == NetworkFault.REPEAT ? "repeated" : "missing");
            assertThat(ExplainedFailures.value(failure, "between both ends"))
                    .as(all)
                    .startsWith("nothing that terminates TCP: both have the addresses 127.0.0.1:");
        }));
        return told;
    }

    /** The applications that use an engine; no evidence shows which of two it was. */
    private static String applications(CryptoCell cell) {
        String sent =
                cell.faulty() + "'s application does not send each buffer that its SSLEngine wrapped once and in order";
        String read = cell.other()
                + "'s application does not hand each record that it reads to its SSLEngine once and in order";
        return switch (cell.ends()) {
            case ENGINE_TO_SOCKET -> "The " + sent + ".";
            case SOCKET_TO_ENGINE -> "The " + read + ".";
            default -> "The " + sent + ", or the " + read + ".";
        };
    }

    private static List<Told> checkWrapRace(CryptoCell cell, CryptoPlay play) {
        String sender = cell.faulty();
        String receiver = cell.other();
        JsonNode received = play.required(play.alone(cell, receiver), cell);
        String all = play.describe(cell, received);
        assertThat(received.get("cause").asText()).as(all).isEqualTo("record-desync");
        assertThat(received.get("confidence").asText()).as(all).isEqualTo("certain");
        assertThat(ExplainedFailures.value(received, "record is")).as(all).isEqualTo("missing");
        JsonNode alone = play.alone(cell, sender);
        if (alone != null && alone.at("/alert/description").asText().equals("bad_record_mac")) {
            all = play.describe(cell, alone);
            assertThat(alone.get("cause").asText()).as(all).isEqualTo("engine-misuse");
            assertThat(alone.get("confidence").asText()).as(all).isEqualTo("possible");
            assertThat(ExplainedFailures.value(alone, "wrapped by")).as(all).isEqualTo("threads main, second-writer");
        }
        List<Told> told = new ArrayList<>(List.of(new Told("record-desync", receiver, "alone")));
        told.addAll(checkBoth(cell, play, failure -> {
            // the frame comes from its next wrap, which may not happen before the connection breaks
            assertThat(ExplainedFailures.value(failure, "record due wrapped by"))
                    .as(play.describe(cell, failure))
                    .matches("thread main(, at dev\\.tlscope\\.demo\\.tls\\.EngineChannel\\.wrap\\(.*)?");
            checkThread(
                    failure,
                    "record received wrapped by",
                    "second-writer",
                    "dev.tlscope.it.peer.MisusedChannel.wrapped",
                    play.describe(cell, failure));
        }));
        return told;
    }

    private static List<Told> checkUnwrapRace(CryptoCell cell, CryptoPlay play) {
        Consumer<JsonNode> threads = failure -> {
            // the first thread does not unwrap after the second, so its frame is not known
            assertThat(ExplainedFailures.value(failure, "record before it unwrapped by"))
                    .as(play.describe(cell, failure))
                    .isEqualTo("thread main");
            checkThread(
                    failure,
                    "record unwrapped by",
                    "second-reader",
                    "dev.tlscope.demo.tls.EngineChannel.receive",
                    play.describe(cell, failure));
        };
        JsonNode alone = play.required(play.alone(cell, cell.other()), cell);
        checkMisuse(alone, play.describe(cell, alone));
        threads.accept(alone);
        List<Told> told = new ArrayList<>(List.of(new Told("engine-misuse", cell.other(), "alone")));
        told.addAll(checkBoth(cell, play, threads));
        return told;
    }

    private static List<Told> checkBoth(CryptoCell cell, CryptoPlay play, Consumer<JsonNode> threads) {
        JsonNode received = play.required(play.both(cell, cell.other()), cell);
        checkMisuse(received, play.describe(cell, received));
        threads.accept(received);
        JsonNode sent = play.both(cell, cell.faulty());
        if (sent != null) {
            checkMisuse(sent, play.describe(cell, sent));
            threads.accept(sent);
        }
        return List.of(
                new Told("engine-misuse", cell.other(), "both"),
                new Told("engine-misuse|nothing", cell.faulty(), "both"));
    }

    private static void checkMisuse(JsonNode failure, String all) {
        assertThat(failure.get("cause").asText()).as(all).isEqualTo("engine-misuse");
        assertThat(failure.get("confidence").asText()).as(all).isEqualTo("likely");
        assertThat(ExplainedFailures.value(failure, "off by")).as(all).isEqualTo("1");
        assertThat(failure.get("candidates").findValuesAsText("cause")).as(all).containsExactly("record-desync");
    }

    /** Checks the thread's name, and the method of the application that called the engine. */
    private static void checkThread(JsonNode failure, String what, String name, String method, String all) {
        assertThat(ExplainedFailures.value(failure, what))
                .as(all)
                .startsWith("thread " + name + ", at " + method + "(");
    }
}
