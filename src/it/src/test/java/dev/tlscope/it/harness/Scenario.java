package dev.tlscope.it.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a few handshakes between one client and one server, each in its own JVM, with the agent in one or both. */
public final class Scenario {
    private final Bench bench;
    private final Jdk jdk;
    private final List<String> serverJvm = new ArrayList<>();
    private final List<String> clientJvm = new ArrayList<>();
    private final List<String> serverArguments = new ArrayList<>();
    private final List<String> clientArguments = new ArrayList<>();
    private int count = 1;
    private RecordProxy.@Nullable RecordFault toServer;

    public Scenario(Bench bench, Jdk jdk) {
        this.bench = bench;
        this.jdk = jdk;
        String policy = "-Djava.security.properties=" + bench.permissivePolicy();
        serverJvm.add(policy);
        clientJvm.add(policy);
    }

    public Scenario handshakes(int number) {
        count = number;
        return this;
    }

    public Scenario serverJvm(String... options) {
        serverJvm.addAll(Arrays.asList(options));
        return this;
    }

    public Scenario clientJvm(String... options) {
        clientJvm.addAll(Arrays.asList(options));
        return this;
    }

    public Scenario server(String... arguments) {
        serverArguments.addAll(Arrays.asList(arguments));
        return this;
    }

    public Scenario client(String... arguments) {
        clientArguments.addAll(Arrays.asList(arguments));
        return this;
    }

    /** Sets the network's fault in the client's records, for one connection. */
    public Scenario network(RecordProxy.RecordFault fault) {
        toServer = fault;
        return this;
    }

    public Ran run() {
        List<String> server = new ArrayList<>(List.of("--pki", Bench.pki().toString(), "--connections", "" + count));
        server.addAll(serverArguments);
        try (ForkedJvm serving =
                bench.briefProgram(jdk, serverJvm, "peer.HandshakeServer", server.toArray(new String[0]))) {
            int port = Integer.parseInt(serving.lineThatBegins("listening ").substring("listening ".length()));
            if (toServer == null) {
                return run(serving, port);
            }
            try (RecordProxy proxy = RecordProxy.before(port, toServer, RecordProxy.RecordFault.none())) {
                return run(serving, proxy.port());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran run(ForkedJvm serving, int port) {
        List<String> client = new ArrayList<>(
                List.of("--pki", Bench.pki().toString(), "--connect", "localhost:" + port, "--count", "" + count));
        client.addAll(clientArguments);
        try (ForkedJvm calling =
                bench.briefProgram(jdk, clientJvm, "peer.HandshakeClient", client.toArray(new String[0]))) {
            calling.exitCode();
            serving.exitCode();
            return new Ran(serving.out(), serving.err(), calling.out(), calling.err());
        }
    }

    /** The output of both. */
    public record Ran(String serverOut, String serverErr, String clientOut, String clientErr) {}
}
