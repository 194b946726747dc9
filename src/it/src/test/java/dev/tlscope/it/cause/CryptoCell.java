package dev.tlscope.it.cause;

/**
 * One planned connection of two JVMs, and the location of its fault.
 *
 * @param name the server name that the client sends, by which captures identify it
 * @param fault the fault
 * @param byClient whether the fault is in the client, or in what the client sends
 */
record CryptoCell(String name, CryptoFault fault, String protocol, String suite, Ends ends, boolean byClient) {
    private static final String NOTHING = "-";

    /** The transports of the two ends. */
    enum Ends {
        SOCKETS("socket", "socket"),
        ENGINES("engine", "engine"),
        ENGINE_TO_SOCKET("engine", "socket"),
        SOCKET_TO_ENGINE("socket", "engine");

        private final String faulty;
        private final String other;

        Ends(String faulty, String other) {
            this.faulty = faulty;
            this.other = other;
        }

        boolean areMixed() {
            return !faulty.equals(other);
        }
    }

    boolean isTls13() {
        return protocol.equals("TLSv1.3");
    }

    /** The end with the fault, or whose records have it. */
    String faulty() {
        return role(byClient);
    }

    String other() {
        return role(!byClient);
    }

    /** {@code socket} or {@code engine}: the transport of that end. */
    String transport(String role) {
        return role.equals(faulty()) ? ends.faulty : ends.other;
    }

    boolean isEngine(String role) {
        return transport(role).equals("engine");
    }

    /** Its line of the plan, in the format of dev.tlscope.it.peer.PlannedConnection. */
    String planned() {
        String whole = "whole";
        String alone = "alone";
        return String.join(
                " ",
                name,
                transport("client"),
                transport("server"),
                protocol,
                suite,
                byClient ? fault.writing() : whole,
                byClient ? whole : fault.writing(),
                // the faulty end's peer writes what two threads read
                byClient ? alone : fault.peerReading(),
                byClient ? fault.peerReading() : alone,
                fault.planted().isEmpty() ? NOTHING : fault.planted());
    }

    @Override
    public String toString() {
        return fault.id() + " " + protocol + " " + suite + " " + ends + " by the " + faulty();
    }

    private static String role(boolean client) {
        return client ? "client" : "server";
    }
}
