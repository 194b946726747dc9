package dev.tlscope.it.cause;

import dev.tlscope.it.harness.RecordProxy;
import java.util.List;

/** What goes wrong with a connection's cryptography or records, and how it must be explained. */
interface CryptoFault {
    /** As the coverage table names it. */
    String id();

    /** How the faulty end writes: {@code whole}, in {@code pieces}, or with a misuse. */
    default String writing() {
        return "whole";
    }

    /** How its peer reads: {@code alone}, or with a misuse. */
    default String peerReading() {
        return "alone";
    }

    /** What the applications of both ends drive. */
    default List<CryptoCell.Ends> ends() {
        return List.of(CryptoCell.Ends.SOCKETS, CryptoCell.Ends.ENGINES);
    }

    /** Name of what is planted into the faulty end's JDK; empty when nothing is. */
    default String planted() {
        return "";
    }

    /** What the network does to the records of the faulty end. */
    default RecordProxy.RecordFault network(CryptoCell cell) {
        return RecordProxy.RecordFault.none();
    }

    /** Whether records have to pass through something that does it. */
    default boolean needsNetwork() {
        return false;
    }

    /** Fails unless it is explained as it should be; what was told where, for the coverage table. */
    List<Told> check(CryptoCell cell, CryptoPlay play);

    /**
     * What one end was told.
     *
     * @param cause id, or several where a race decides, with a bar between
     * @param from whose captures: {@code alone} that end's, {@code both}
     */
    record Told(String cause, String role, String from) {}
}
