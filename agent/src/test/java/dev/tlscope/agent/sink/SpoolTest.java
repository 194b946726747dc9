package dev.tlscope.agent.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tlscope.agent.record.QueuedEvent;
import dev.tlscope.capture.CaptureReader;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The writer's thread survives failures of providers' code, of the disk and of the application. */
class SpoolTest {
    @TempDir
    private Path directory;

    private final AtomicLong dropped = new AtomicLong();
    private final Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();

    @AfterEach
    void restoreHandler() {
        Thread.setDefaultUncaughtExceptionHandler(before);
    }

    @Test
    void anErrorCostsOneEvent() throws IOException {
        Spool spool = spool(() -> {});
        spool.start();
        spool.offer(new Planned(() -> {
            throw new UnsatisfiedLinkError("planted by a test");
        }));
        spool.offer(new Planned(() -> note(7)));
        spool.stop();
        assertThat(connections()).containsExactly(0L, 7L);
        assertThat(dropped).hasValue(1);
        assertThat(spool.failures()).isEqualTo(1);
        assertThat(spool.firstFailure()).contains("UnsatisfiedLinkError").contains("planted by a test");
        assertThat(spool.error()).isNull();
        assertThat(spool.isLost()).isFalse();
    }

    @Test
    void anErrorBetweenEventsCostsNone() throws IOException {
        AtomicBoolean thrown = new AtomicBoolean();
        Spool spool = spool(() -> {
            if (thrown.compareAndSet(false, true)) {
                throw new NoClassDefFoundError("planted by a test");
            }
        });
        spool.start();
        while (spool.failures() == 0) {
            Thread.onSpinWait();
        }
        spool.offer(new Planned(() -> note(7)));
        spool.stop();
        assertThat(connections()).containsExactly(0L, 7L);
    }

    @Test
    void anErrorThatEndsTheThreadReachesNobodyAndLeavesNoSecret() throws IOException, InterruptedException {
        AtomicBoolean told = new AtomicBoolean();
        Thread.setDefaultUncaughtExceptionHandler((thread, t) -> told.set(true));
        Thread bare = BareThread.of(
                () -> {
                    throw new NoClassDefFoundError("planted by a test");
                },
                "test-bare");
        bare.start();
        bare.join();
        assertThat(told).isFalse();

        Spool spool = spool(() -> {});
        spool.start();
        spool.stop();
        Planned late = new Planned(() -> note(7));
        spool.offer(late);
        assertThat(late.discarded).isTrue();
        assertThat(dropped).hasValue(1);
    }

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void theEndOfTheJvmDoesNotWaitForTrafficThatGoesOn() throws IOException {
        AtomicBoolean over = new AtomicBoolean();
        Spool spool = spool(() -> {});
        spool.start();
        offerForEver(spool, over);
        spool.offer(new Planned(() -> note(7)));
        spool.settle(TimeUnit.HOURS.toNanos(1), TimeUnit.HOURS.toNanos(1));
        assertThat(connections()).containsExactly(0L, 7L);
        over.set(true);
        spool.stop();
    }

    @Test
    void anInterruptEndsNeitherTheCaptureNorTheRest() throws IOException {
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Spool spool = spool(() ->
                stillInterrupted.compareAndSet(false, Thread.currentThread().isInterrupted()));
        spool.start();
        spool.offer(new Planned(() -> {
            Thread.currentThread().interrupt();
            return note(7);
        }));
        spool.offer(new Planned(() -> note(8)));
        spool.stop();
        assertThat(connections()).containsExactly(0L, 7L, 8L);
        assertThat(spool.error()).isNull();
        assertThat(stillInterrupted).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "directories have no mode there")
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void goesOnWhenWritingIsPossibleAgain() throws IOException {
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        Spool spool = spool(() -> {});
        spool.start();
        spool.offer(new Planned(() -> note(7)));
        while (!spool.isInterrupted()) {
            Thread.onSpinWait();
        }
        spool.offer(new Planned(() -> note(8)));
        assertThat(spool.error()).contains("capture interrupted since").contains("can be written by others");
        while (dropped.get() < 2) {
            Thread.onSpinWait();
        }
        Files.setPosixFilePermissions(directory, before);
        while (spool.isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
        spool.offer(new Planned(() -> note(9)));
        spool.stop();
        assertThat(connections()).containsExactly(0L, 9L);
        assertThat(spool.error()).contains("capture was interrupted once").contains("lost 2 events");
    }

    /** Keeps the queue from becoming empty. */
    private static void offerForEver(Spool spool, AtomicBoolean over) {
        spool.offer(new Planned(() -> {
            if (!over.get()) {
                offerForEver(spool, over);
            }
            return null;
        }));
    }

    private Spool spool(Runnable housekeeping) throws IOException {
        Supplier<List<Event>> opening = () -> List.of(new Event(EventType.CAPTURE, 0, 1));
        return new Spool(
                new CaptureFileSet(
                        directory,
                        "spool-",
                        1 << 20,
                        new DirectoryLimit(directory, 10, Long.MAX_VALUE),
                        opening,
                        () -> null,
                        number -> null,
                        null),
                dropped,
                housekeeping);
    }

    private List<Long> connections() throws IOException {
        List<Long> found = new ArrayList<>();
        CaptureReader.read(directory.resolve("spool-1.pcapng"), event -> found.add(event.connection()));
        return found;
    }

    private static Event note(long connection) {
        return new Event(EventType.NOTE, connection, 2);
    }

    /** An event that is created when it is resolved. */
    private static final class Planned implements QueuedEvent {
        private final Supplier<Event> event;
        private volatile boolean discarded;

        Planned(Supplier<Event> event) {
            this.event = event;
        }

        @Override
        public Event resolve() {
            return event.get();
        }

        @Override
        public boolean isSecret() {
            return true;
        }

        @Override
        public int size() {
            return 100;
        }

        @Override
        public void discard() {
            discarded = true;
        }
    }
}
