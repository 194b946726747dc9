package dev.tlscope.analyzer.render;

import dev.tlscope.analyzer.finding.Actor;

/** Who has to act, in words. */
final class ActorWords {
    private ActorWords() {}

    /**
     * The words.
     *
     * @param role the captured side: client or server; empty where it is the JVM as a whole
     */
    static String of(Actor actor, String role) {
        String own = role.isEmpty() ? "this JVM" : "this " + role;
        String other = role.equals("client") ? "the server" : role.equals("server") ? "the client" : "the peer";
        return switch (actor) {
            case US -> own;
            case PEER -> other;
            case EITHER -> own + " or " + other;
            case NETWORK -> "what lies between (network, proxy, load balancer), or " + other;
        };
    }
}
