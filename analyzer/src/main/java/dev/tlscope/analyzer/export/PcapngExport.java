package dev.tlscope.analyzer.export;

import dev.tlscope.analyzer.model.EventValues;
import dev.tlscope.capture.CaptureWriter;
import dev.tlscope.capture.CapturedEvent;
import dev.tlscope.capture.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Merges all or some connections of several captures into one. Connections, and the configurations that they refer to,
 * are renumbered from file to file, so that every number stays unique.
 */
public final class PcapngExport implements Export {
    private final CaptureWriter out;
    private final boolean secrets;
    private long connections;
    private long configurations;
    private long lastConnection;
    private long lastConfiguration;
    private long written;

    public PcapngExport(OutputStream out, boolean secrets) throws IOException {
        this.out = new CaptureWriter(out);
        this.secrets = secrets;
    }

    @Override
    public void begin(Path file) {
        connections = lastConnection;
        configurations = lastConfiguration;
    }

    @Override
    public void add(CapturedEvent captured) throws IOException {
        Event event = captured.event();
        long connection = event.connection() == 0 ? 0 : event.connection() + connections;
        Event copy = EventValues.copy(event, connection, configurations, secrets);
        lastConnection = Math.max(lastConnection, connection);
        lastConfiguration = Math.max(lastConfiguration, EventValues.highestReference(copy));
        out.write(copy);
        written += event.connection() == 0 ? 0 : 1;
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    @Override
    public long written() {
        return written;
    }
}
