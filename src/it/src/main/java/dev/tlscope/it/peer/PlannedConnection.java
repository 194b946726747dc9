package dev.tlscope.it.peer;

import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.tls.Http;
import dev.tlscope.demo.tls.Offer;
import dev.tlscope.demo.tls.Outcome;
import dev.tlscope.demo.tls.TlsConnection;
import dev.tlscope.demo.tls.Transport;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One line of a plan, the same for both ends: {@code NAME CLIENT-TRANSPORT SERVER-TRANSPORT PROTOCOL SUITE
 * CLIENT-WRITES SERVER-WRITES CLIENT-READS SERVER-READS PLANTED}. WRITES is {@code whole}, {@code pieces}, or pieces
 * with a {@link MisusedOutput.Misuse}; READS is {@code alone} or a {@link MisusedInput.Misuse}. PLANTED is set as the
 * system property {@value #PLANTED}, which selects the fault in a JDK with faults planted into its cryptography.
 */
final class PlannedConnection {
    static final String PLANTED = "tlscope.planted";

    private static final int WORDS = 10;
    private static final String WHOLE = "whole";
    private static final String PIECES = "pieces";

    private final String[] words;

    private PlannedConnection(String line) {
        words = line.split(" ", -1);
        if (words.length != WORDS) {
            throw new UsageException("a planned connection has " + WORDS + " words: " + line);
        }
    }

    static List<PlannedConnection> read(Path file) throws IOException {
        List<PlannedConnection> all = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            all.add(new PlannedConnection(line));
        }
        return all;
    }

    /** The server name that the client sends, which identifies the connection in either end's capture. */
    String name() {
        return words[0];
    }

    Transport transport(boolean client) {
        return Transport.of(words[client ? 1 : 2]);
    }

    Offer offer() {
        return Offer.parse(words[3], words[4]);
    }

    /** Turns on the planted fault of this connection; connections are played one at a time. */
    void begin() {
        System.setProperty(PLANTED, words[9]);
    }

    /** Sends or answers one request, and closes. */
    String play(TlsConnection connection, boolean client) {
        String outcome;
        try {
            connection.handshake();
            InputStream in = new BufferedInputStream(input(connection, words[client ? 7 : 8]));
            String writing = words[client ? 5 : 6];
            if (client) {
                write(connection, writing, Http.get(name(), "/", false));
                Http.readAnswer(in);
            } else {
                Http.readHead(in);
                write(connection, writing, Http.ok("{\"handshake\":\"done\"}", false));
            }
            outcome = Outcome.ok(connection.session());
        } catch (IOException | RuntimeException e) {
            outcome = Outcome.failed(e);
        }
        try {
            connection.close();
        } catch (IOException gone) {
            // the outcome is known already, or the other end reports it
        }
        return outcome;
    }

    private static void write(TlsConnection connection, String writing, byte[] message) throws IOException {
        OutputStream out = writing.equals(WHOLE) || writing.equals(PIECES)
                ? connection.output()
                : new MisusedOutput((MisusedChannel) connection, MisusedOutput.Misuse.valueOf(writing));
        Pieces.write(out, message, writing.equals(WHOLE) ? 1 : Pieces.MOST);
    }

    private static InputStream input(TlsConnection connection, String reading) {
        return reading.equals("alone")
                ? connection.input()
                : new MisusedInput((MisusedChannel) connection, MisusedInput.Misuse.valueOf(reading));
    }
}
