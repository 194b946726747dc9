package dev.tlscope.agent.jmx;

import dev.tlscope.agent.outcome.OutcomeName;
import dev.tlscope.agent.outcome.OutcomeReport;
import dev.tlscope.agent.outcome.RepeatedFailure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** Problems as open data, which any JMX client reads without a class of ours: a row each, by what its failures have in common. */
final class ProblemData {
    static final String COUNT = "tlscope.count";
    static final String FIRST = "tlscope.first";
    static final String LAST = "tlscope.last";

    private static final String[] INDEX = {
        OutcomeName.ERROR_TYPE.key(), OutcomeName.ROLE.key(), OutcomeName.SERVER_ADDRESS.key()
    };

    private final CompositeType row;
    final TabularType table;

    ProblemData() throws OpenDataException {
        List<String> names = new ArrayList<>();
        List<String> descriptions = new ArrayList<>();
        List<OpenType<?>> types = new ArrayList<>();
        for (OutcomeName name : OutcomeName.values()) {
            names.add(name.key());
            descriptions.add(name.description());
            types.add(type(name));
        }
        names.add(COUNT);
        descriptions.add("failures since the attach");
        types.add(SimpleType.LONG);
        for (String time : new String[] {FIRST, LAST}) {
            names.add(time);
            descriptions.add("when the " + time.substring(time.indexOf('.') + 1) + " was, ISO 8601");
            types.add(SimpleType.STRING);
        }
        row = new CompositeType(
                "dev.tlscope.Problem",
                "failures with error.type, role and server in common; the other values are the latest's",
                names.toArray(new String[0]),
                descriptions.toArray(new String[0]),
                types.toArray(new OpenType<?>[0]));
        table = new TabularType("dev.tlscope.Problems", "the latest problems", row, INDEX);
    }

    TabularData table(List<RepeatedFailure> problems) throws OpenDataException {
        TabularDataSupport rows = new TabularDataSupport(table);
        for (RepeatedFailure problem : problems) {
            rows.put(row(problem));
        }
        return rows;
    }

    CompositeData row(RepeatedFailure problem) throws OpenDataException {
        OutcomeReport latest = problem.latest();
        List<Object> values = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (OutcomeName name : OutcomeName.values()) {
            names.add(name.key());
            Object value = latest.values().get(name);
            values.add(value != null ? value : absent(name));
        }
        names.add(COUNT);
        values.add(problem.count());
        names.add(FIRST);
        values.add(time(problem.firstNanos()));
        names.add(LAST);
        values.add(time(latest.endNanos()));
        return new CompositeDataSupport(row, names.toArray(new String[0]), values.toArray(new Object[0]));
    }

    private static OpenType<?> type(OutcomeName name) {
        return name.kind() == OutcomeName.Kind.NUMBER
                ? SimpleType.LONG
                : name.kind() == OutcomeName.Kind.FLAG ? SimpleType.BOOLEAN : SimpleType.STRING;
    }

    /** A table has no empty cells: an index must not be null, and exporters make no label of it. */
    private static Object absent(OutcomeName name) {
        if (name.kind() == OutcomeName.Kind.NUMBER) {
            return 0L;
        }
        return name.kind() == OutcomeName.Kind.FLAG ? (Object) false : "";
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(0, nanos).toString();
    }
}
