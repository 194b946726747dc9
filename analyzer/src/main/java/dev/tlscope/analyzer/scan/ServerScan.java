package dev.tlscope.analyzer.scan;

import dev.tlscope.analyzer.registry.ProtocolVersions;
import dev.tlscope.transport.NoTransportException;
import dev.tlscope.transport.TcpTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Scans a server. */
public final class ServerScan {
    private ServerScan() {}

    /**
     * The versions that a server takes and refuses, the highest first.
     *
     * @param connections how many it took
     * @param trouble why the answers of the server are none, such as another protocol; null if they are
     */
    public record Result(
            List<ScannedVersion> versions,
            int connections,
            @Nullable String trouble) {
        /** Those that it takes. */
        public List<ScannedVersion> taken() {
            return versions.stream().filter(ScannedVersion::isTaken).toList();
        }
    }

    /**
     * Scans.
     *
     * @param serverName to send as SNI; null for none
     * @param progress receives a version and the number of connections so far
     */
    public static Result scan(TcpTransport transport, @Nullable String serverName, BiConsumer<String, Integer> progress)
            throws NoTransportException {
        String[] version = {""};
        ScanConnections connections = new ScanConnections(transport, count -> progress.accept(version[0], count));
        List<ScannedVersion> versions = new ArrayList<>();
        for (int number : Offers.VERSIONS) {
            version[0] = ProtocolVersions.nameOf(number);
            ScanOffer all = Offers.all(number, serverName);
            ScannedVersion scanned = new VersionScan(connections, all).run();
            if (scanned.trouble()) {
                return new Result(
                        List.of(), connections.count(), "the server answers a ClientHello with " + scanned.refusal());
            }
            versions.add(scanned);
        }
        version[0] = ProtocolVersions.nameOf(Offers.SSL3);
        HelloAnswer ssl3 = connections.ask(Offers.all(Offers.SSL3, null));
        versions.add(
                ssl3.isTaken()
                        ? new ScannedVersion(
                                Offers.SSL3, List.of(ssl3.suite()), List.of(), List.of(), ssl3.chain(), "", false)
                        : ScannedVersion.refused(Offers.SSL3, ssl3));
        return new Result(versions, connections.count(), null);
    }
}
