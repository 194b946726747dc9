package dev.tlscope.it.cause;

import java.util.ArrayList;
import java.util.List;

/**
 * The expected finding for one side of a family of cells: ids, confidence and values, never prose.
 *
 * @param family its name in the output of the cells' JVM
 * @param role client or server
 * @param cause id of the first finding; a pattern if a race decides between several right ones
 * @param confidence pattern
 * @param candidate an id that must be first or among the candidates; empty when it must be first
 * @param facts evidence, with a pattern for a part of the value
 * @param optional whether that side may have seen no failure at all
 * @param transport {@code socket} or {@code engine} if that side has another transport than the cell; else empty
 */
record CauseExpectation(
        String family,
        String role,
        String cause,
        String confidence,
        String candidate,
        List<String[]> facts,
        boolean optional,
        String transport) {

    static CauseExpectation client(String family, String cause, String confidence) {
        return at("client", family, cause, confidence);
    }

    static CauseExpectation server(String family, String cause, String confidence) {
        return at("server", family, cause, confidence);
    }

    static CauseExpectation at(String role, String family, String cause, String confidence) {
        return new CauseExpectation(family, role, cause, confidence, "", List.of(), false, "");
    }

    CauseExpectation fact(String what, String value) {
        List<String[]> more = new ArrayList<>(facts);
        more.add(new String[] {what, value});
        return new CauseExpectation(family, role, cause, confidence, candidate, List.copyOf(more), optional, transport);
    }

    CauseExpectation candidate(String id) {
        return new CauseExpectation(family, role, cause, confidence, id, facts, optional, transport);
    }

    CauseExpectation orNothing() {
        return new CauseExpectation(family, role, cause, confidence, candidate, facts, true, transport);
    }

    CauseExpectation over(String other) {
        return new CauseExpectation(family, role, cause, confidence, candidate, facts, optional, other);
    }
}
