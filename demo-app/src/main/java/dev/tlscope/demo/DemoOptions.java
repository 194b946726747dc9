package dev.tlscope.demo;

import dev.tlscope.demo.cli.Arguments;
import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.tls.Offer;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The command line of {@link DemoService}. */
final class DemoOptions {
    static final String USAGE = String.join(
            System.lineSeparator(),
            "usage: java -cp demo-app.jar dev.tlscope.demo.DemoService [options]",
            "  --clients N           clients inside this JVM that keep calling the endpoints; default 4, 0 for none",
            "  --fault NAME          a mistake in endpoint legacy, which the clients then call too; may be repeated",
            "  --list-faults         names the faults and ends",
            "  --protocols A,B       protocol versions of all endpoints and clients; default TLSv1.3,TLSv1.2",
            "  --suites A,B          cipher suites of all endpoints and clients; default the JVM's",
            "  --endpoint NAME=PORT  a fixed port for orders, payments, partner or legacy; default any free one",
            "  --pki DIR             takes the keys and certificates that MakePki of src/it wrote; default new ones",
            "  --stdin-eof-quits     ends when standard input does",
            "  --verbose             a line for every connection of the clients",
            "commands on standard input: call ENDPOINT [TLSv1.2|TLSv1.3] [SUITE] [socket|engine];",
            "  fault NAME on|off; quit");

    private static final List<String> VALUED =
            Arrays.asList("--clients", "--fault", "--protocols", "--suites", "--endpoint", "--pki");
    private static final List<String> FLAGS =
            Arrays.asList("--list-faults", "--verbose", "--stdin-eof-quits", "--help");
    private static final List<String> ENDPOINTS = Arrays.asList("orders", "payments", "partner", "legacy");

    final boolean help;
    final boolean listFaults;
    final boolean verbose;
    final boolean stdinEofQuits;
    final int clients;
    final List<Fault> faults;
    final Offer offer;
    final @Nullable Path pkiDirectory;
    private final Map<String, Integer> ports = new HashMap<>();

    private DemoOptions(Arguments arguments) {
        help = arguments.flag("--help");
        listFaults = arguments.flag("--list-faults");
        verbose = arguments.flag("--verbose");
        stdinEofQuits = arguments.flag("--stdin-eof-quits");
        clients = arguments.number("--clients", 4, 0, 64);
        List<Fault> named = new ArrayList<>();
        for (String name : arguments.all("--fault")) {
            named.add(Fault.named(name));
        }
        faults = Collections.unmodifiableList(named);
        offer = Offer.parse(arguments.value("--protocols"), arguments.value("--suites"));
        String directory = arguments.value("--pki");
        pkiDirectory = directory == null ? null : Paths.get(directory);
        for (String pair : arguments.all("--endpoint")) {
            addPort(pair);
        }
    }

    static DemoOptions parse(String[] line) {
        return new DemoOptions(Arguments.parse(line, VALUED, FLAGS));
    }

    /** 0: any free one. */
    int port(String endpoint) {
        return ports.getOrDefault(endpoint, 0);
    }

    private void addPort(String pair) {
        int equals = pair.indexOf('=');
        if (equals < 1) {
            throw new UsageException("--endpoint wants NAME=PORT, not " + pair);
        }
        String name = pair.substring(0, equals);
        if (!ENDPOINTS.contains(name)) {
            throw UsageException.unknown("endpoint", name, ENDPOINTS);
        }
        ports.put(name, Arguments.number("--endpoint " + name, pair.substring(equals + 1), 0, 65_535));
    }
}
