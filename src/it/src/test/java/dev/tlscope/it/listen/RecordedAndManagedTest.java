package dev.tlscope.it.listen;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.tlscope.it.harness.Bench;
import dev.tlscope.it.harness.ForkedJvm;
import dev.tlscope.it.harness.Jdk;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.MBeanServerConnection;
import javax.management.Notification;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a recording and a JMX client read, on each JDK. */
class RecordedAndManagedTest {
    private static final String[] PROBLEM = {"certificate-expired", "client", "localhost"};

    @TempDir
    private Path directory;

    static Stream<Jdk> jdks() {
        return Jdk.all().stream();
    }

    /** The tests' own classes are Java 17. */
    static Stream<Jdk> streamingJdks() {
        return jdks().filter(jdk -> jdk.version() >= 17);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aRecordingHasFailuresHandshakesAndCertificates(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        Path recording = directory.resolve("tls.jfr");
        try (ForkedJvm jvm = bench.briefProgram(
                jdk,
                List.of("-XX:StartFlightRecording=filename=" + recording, bench.agent("quiet=true")),
                "listen.FailingCalls",
                Bench.pki().toString(),
                "none")) {
            jvm.lineThatBegins("ready");
            jvm.say("call expired-rsa");
            jvm.nextLine();
            // When the failure is written, the agent has found the recorder: a handshake that completes earlier is not
            // recorded.
            Awaitility.await()
                    .atMost(ForkedJvm.PATIENCE)
                    .until(() -> !bench.captures().isEmpty());
            jvm.say("call server-rsa");
            jvm.nextLine();
            jvm.endInput();
            assertThat(jvm.exitCode()).isZero();
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
        RecordedEvent failure = only(events, "tlscope.HandshakeFailure", "client");
        assertThat(failure.getString("errorType")).isEqualTo("certificate-expired");
        assertThat(failure.getBoolean("tlscopeCertain")).isTrue();
        assertThat(failure.getString("serverAddress")).isEqualTo("localhost");
        assertThat(failure.getDuration("handshakeDuration")).isPositive();
        RecordedEvent handshake = only(events, "tlscope.Handshake", "client");
        assertThat(handshake.getString("tlsProtocolVersion")).isEqualTo("1.2");
        assertThat(handshake.getBoolean("tlsEstablished")).isTrue();
        assertThat(events)
                .filteredOn(event -> event.getEventType().getName().equals("tlscope.CertificatePath"))
                .filteredOn(event -> event.getLong("position") == 0)
                .hasSize(2)
                .allSatisfy(event -> assertThat(event.getString("subject")).contains("CN=orders.demo.internal"))
                .anySatisfy(event -> assertThat(event.getInstant("notAfter")).isBefore(failure.getStartTime()));
    }

    /** The service streams its own recording; the agent was there before the JVM's recorder. */
    @ParameterizedTest
    @MethodSource("streamingJdks")
    void aStreamHasFailuresAndCertificates(Jdk jdk) {
        Bench bench = new Bench(directory);
        List<String> command = new ArrayList<>(ForkedJvm.BRIEF);
        command.add(bench.agent("quiet=true"));
        command.addAll(List.of(
                "-cp",
                Path.of("target/test-classes").toAbsolutePath() + File.pathSeparator + Bench.PROGRAMS,
                StreamedFailures.class.getName(),
                Bench.pki().toString()));
        try (ForkedJvm jvm = ForkedJvm.start(jdk, directory, command)) {
            assertThat(jvm.exitCode()).as(jvm.err()).isZero();
            assertThat(jvm.out().lines())
                    .contains("alert certificate-expired localhost", "warn CN=orders.demo.internal,O=tlscope demo");
        }
    }

    /** The client's own attach makes the MBean server; the agent made none. */
    @ParameterizedTest
    @SuppressWarnings("BanJNDI") // the address is of the JVM that this test started
    @MethodSource("jdks")
    void aJmxClientReadsCountersProblemsAndNotifications(Jdk jdk) throws Exception {
        Bench bench = new Bench(directory);
        try (ForkedJvm jvm = bench.briefProgram(
                jdk,
                List.of(bench.agent("quiet=true")),
                "listen.FailingCalls",
                Bench.pki().toString(),
                "none")) {
            jvm.lineThatBegins("ready");
            jvm.say("call expired-rsa");
            assertThat(jvm.nextLine()).startsWith("failed ");
            VirtualMachine machine = VirtualMachine.attach("" + jvm.pid());
            String address = machine.startLocalManagementAgent();
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                ObjectName name = new ObjectName("dev.tlscope:type=Capture");
                Awaitility.await().atMost(ForkedJvm.PATIENCE).until(() -> server.isRegistered(name));
                assertThat(server.getAttribute(name, "Failed")).isEqualTo(2L);
                assertThat((String[]) server.getAttribute(name, "Hooks")).isNotEmpty();
                CompositeData problem = ((TabularData) server.getAttribute(name, "Problems")).get(PROBLEM);
                assertThat(problem.get("tlscope.count")).isEqualTo(1L);
                assertThat(problem.get("tls.server.subject").toString()).contains("CN=orders.demo.internal");

                BlockingQueue<Notification> heard = new LinkedBlockingQueue<>();
                server.addNotificationListener(name, (notification, back) -> heard.add(notification), null, null);
                jvm.say("call expired-rsa"); // known
                jvm.nextLine();
                jvm.say("call other-rsa");
                jvm.nextLine();
                Notification first = heard.poll(ForkedJvm.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                assertThat(first.getType()).isEqualTo("dev.tlscope.problem");
                CompositeData row = (CompositeData) first.getUserData();
                assertThat(row.get("error.type")).isNotEqualTo("certificate-expired");
                problem = ((TabularData) server.getAttribute(name, "Problems")).get(PROBLEM);
                assertThat(problem.get("tlscope.count")).isEqualTo(2L);
            }
        }
    }

    private static RecordedEvent only(List<RecordedEvent> events, String type, String role) {
        List<RecordedEvent> found = events.stream()
                .filter(event -> event.getEventType().getName().equals(type))
                .filter(event -> event.getString("tlscopeRole").equals(role))
                .toList();
        assertThat(found).as(type).hasSize(1);
        return found.get(0);
    }
}
