package dev.tlscope.agent.record;

import java.util.concurrent.atomic.AtomicLong;

/** The counts since the attach that status shows. */
public final class Counters {
    public final AtomicLong connections = new AtomicLong();
    public final AtomicLong handshakes = new AtomicLong();
    public final AtomicLong failed = new AtomicLong();
    /** Connections that ended without close_notify after their handshake; not among the failed. */
    public final AtomicLong ended = new AtomicLong();

    public final AtomicLong alertsSent = new AtomicLong();
    public final AtomicLong alertsReceived = new AtomicLong();
    public final AtomicLong dropped = new AtomicLong();
}
