package dev.tlscope.demo;

import dev.tlscope.demo.cli.UsageException;
import dev.tlscope.demo.pki.Pki;
import dev.tlscope.demo.tls.ServerSide;
import dev.tlscope.demo.tls.TlsContexts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A TLS service like those in production, with which tlscope is demonstrated and tested; {@link DemoOptions#USAGE}
 * lists its options.
 */
final class DemoService {
    private static final int BACKLOG = 50;

    /** Opens an endpoint on a port, 0 for any free one. */
    private interface Opening {
        ServiceEndpoint open(int port) throws IOException;
    }

    private final DemoOptions options;
    private final Pki pki;
    private final Legacy legacy;
    private final Map<String, ServiceEndpoint> endpoints = new LinkedHashMap<>();

    private DemoService(DemoOptions options) throws GeneralSecurityException, IOException {
        this.options = options;
        this.pki = options.pkiDirectory == null ? Pki.create() : Pki.load(options.pkiDirectory);
        this.legacy = new Legacy(pki, options.offer);
    }

    public static void main(String[] line) throws Exception {
        try {
            DemoOptions options = DemoOptions.parse(line);
            if (options.help) {
                System.out.println(DemoOptions.USAGE);
            } else if (options.listFaults) {
                for (Fault fault : Fault.values()) {
                    System.out.printf("%-27s %s%n", fault, fault.summary());
                }
            } else {
                new DemoService(options).run();
            }
        } catch (UsageException e) {
            System.err.println("DemoService: " + e.getMessage() + " (--help shows all options)");
            System.exit(2);
        }
    }

    private void run() throws GeneralSecurityException, IOException, InterruptedException {
        for (Fault fault : options.faults) {
            legacy.set(fault, true);
        }
        openEndpoints();
        for (ServiceEndpoint endpoint : endpoints.values()) {
            System.out.println("endpoint " + endpoint.name() + " " + endpoint.transport() + " "
                    + endpoint.address().getAddress().getHostAddress() + ":"
                    + endpoint.address().getPort());
        }
        startTraffic();
        System.out.println("ready " + pid());
        System.out.flush();
        awaitEnd();
        for (ServiceEndpoint endpoint : endpoints.values()) {
            endpoint.close();
        }
    }

    private void openEndpoints() throws GeneralSecurityException, IOException {
        SSLContext context = TlsContexts.of(pki.root(), pki.identity("server-rsa"), pki.identity("server-ec"));
        ServerSide open = new ServerSide(context, options.offer, ServerSide.ClientAuth.NONE);
        ServerSide closed = new ServerSide(context, options.offer, ServerSide.ClientAuth.NEED);
        open("orders", port -> SocketEndpoint.start("orders", open.listen(port), accepted -> (SSLSocket) accepted));
        open("payments", port -> SelectorEndpoint.start("payments", open, port));
        open("partner", port -> SocketEndpoint.start("partner", closed.listen(port), accepted -> (SSLSocket) accepted));
        // A plain listener: each accepted connection gets the faults of that moment, and the port stays open.
        open("legacy", port -> SocketEndpoint.start("legacy", plainListener(port), legacy::secure));
    }

    private void open(String name, Opening opening) throws IOException {
        int port = options.port(name);
        try {
            endpoints.put(name, opening.open(port));
        } catch (BindException e) {
            throw new UsageException("cannot listen on 127.0.0.1:" + port + " for " + name + ": " + e.getMessage()
                    + "; leave out --endpoint " + name + " for any free port");
        }
    }

    private static ServerSocket plainListener(int port) throws IOException {
        return new ServerSocket(port, BACKLOG, ServerSide.loopback(port).getAddress());
    }

    private void startTraffic() {
        List<ServiceEndpoint> called = new ArrayList<>(endpoints.values());
        if (options.faults.isEmpty()) {
            // Faults that are switched on at run time affect only calls that the driver asks for, so that it can count
            // them.
            called.removeIf(endpoint -> endpoint.name().equals("legacy"));
        }
        Consumer<String> log = options.verbose ? System.out::println : line -> {};
        new Traffic(pki, options.offer, called, log).start(options.clients);
    }

    /** Reads commands on a separate thread, so that the service continues when standard input ends. */
    private void awaitEnd() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Commands commands =
                new Commands(endpoints, new Caller(pki, options.offer, legacy), legacy, System.out::println);
        Threads.daemon("commands", () -> {
                    boolean quit = options.stdinEofQuits;
                    try {
                        quit |= commands.run(
                                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
                    } catch (IOException e) {
                        // Standard input that cannot be read counts as ended.
                    }
                    if (quit) {
                        end.countDown();
                    }
                })
                .start();
        end.await();
    }

    /** ProcessHandle exists from Java 9 on. */
    private static String pid() {
        String name = ManagementFactory.getRuntimeMXBean().getName();
        return name.substring(0, name.indexOf('@'));
    }
}
