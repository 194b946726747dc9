package dev.tlscope.it.cause;

import dev.tlscope.it.harness.RecordProxy;
import java.util.List;

/** A fault of a connection's cryptography or records, and its expected explanation. */
interface CryptoFault {
    /** Its name in the coverage table. */
    String id();

    /** How the faulty end writes: {@code whole}, in {@code pieces}, or with a misuse. */
    default String writing() {
        return "whole";
    }

    /** How its peer reads: {@code alone}, or with a misuse. */
    default String peerReading() {
        return "alone";
    }

    /** The transports of both ends. */
    default List<CryptoCell.Ends> ends() {
        return List.of(CryptoCell.Ends.SOCKETS, CryptoCell.Ends.ENGINES);
    }

    /** Name of the fault planted into the faulty end's JDK; empty if there is none. */
    default String planted() {
        return "";
    }

    /** What the network does to the records of the faulty end. */
    default RecordProxy.RecordFault network(CryptoCell cell) {
        return RecordProxy.RecordFault.none();
    }

    /** Whether the connection has to go through a proxy that alters records. */
    default boolean needsNetwork() {
        return false;
    }

    /** Checks the explanation of the fault; returns the answers, for the coverage table. */
    List<Told> check(CryptoCell cell, CryptoPlay play);

    /**
     * The answer at one end.
     *
     * @param cause id, or several separated by bars if a race decides
     * @param from the captures used: {@code alone} that end's only, {@code both}
     */
    record Told(String cause, String role, String from) {}
}
