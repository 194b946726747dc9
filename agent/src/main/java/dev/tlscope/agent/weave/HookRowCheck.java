package dev.tlscope.agent.weave;

import org.jspecify.annotations.Nullable;

/**
 * Detects errors in a row without its class. It runs for every row at each attach, so it parses no more than necessary.
 */
final class HookRowCheck {
    /** The most values that the Tap takes. */
    static final int MOST_VALUES = 5;

    /** Descriptors of the types that {@link HookMethodVisitor} can box. */
    private static final String BOXED = "ZBSIJL[";

    private HookRowCheck() {}

    /** The first error, or null. */
    static @Nullable String fault(HookRow row) {
        boolean atCall = row.where == Hook.Where.BEFORE_CALL || row.where == Hook.Where.AFTER_CALL;
        if (row.id.isEmpty()) {
            return "it has no id";
        }
        if (row.descriptors.length == 0) {
            return "it has no descriptor";
        }
        if (atCall == row.call.isEmpty()) {
            return atCall ? "it does not name the call" : "it names a call, but is at none";
        }
        if (row.method.equals("<init>") && (row.where == Hook.Where.ENTER || row.where == Hook.Where.THROW)) {
            return row.where + " is not possible in a constructor";
        }
        if (row.values.length > MOST_VALUES) {
            return "the Tap takes no more than " + MOST_VALUES + " values";
        }
        for (String descriptor : row.descriptors) {
            for (HookValue value : row.values) {
                String fault = fault(row, value, descriptor);
                if (fault != null) {
                    return value + " does not fit: " + fault;
                }
            }
            if (!row.direct.isEmpty() && !IoTap.METHODS.contains(direct(row, descriptor))) {
                return "the IoTap has no " + direct(row, descriptor);
            }
        }
        return null;
    }

    /**
     * Name and descriptor of the IoTap's method that takes the hook's number and the values as they are on the stack.
     */
    static String direct(HookRow row, String descriptor) {
        StringBuilder method = new StringBuilder(row.direct).append("(I");
        for (HookValue value : row.values) {
            int at = value.kind == HookValue.Kind.RESULT
                    ? descriptor.indexOf(')') + 1
                    : value.kind == HookValue.Kind.ARGUMENT ? parameter(descriptor, value.index) : -1;
            method.append(at < 0 ? "Ljava/lang/Object;" : descriptor.substring(at, end(descriptor, at)));
        }
        return method.append(")V").toString();
    }

    private static @Nullable String fault(HookRow row, HookValue value, String descriptor) {
        switch (value.kind) {
            case THIS:
                return null;
            case ARGUMENT:
                int at = parameter(descriptor, value.index);
                return at < 0 ? "there is no such argument in " + descriptor : unboxed(descriptor, at);
            case RESULT:
                return row.where != Hook.Where.EXIT
                        ? "only EXIT has a result"
                        : unboxed(descriptor, descriptor.indexOf(')') + 1);
            case THROWN:
                return row.where == Hook.Where.THROW ? null : "only THROW has an exception";
            case CALL_ARGUMENT:
                return row.call.isEmpty() ? "only BEFORE_CALL and AFTER_CALL have a call's argument" : null;
            default:
                return row.where == Hook.Where.AFTER_CALL ? null : "only AFTER_CALL has it";
        }
    }

    private static @Nullable String unboxed(String descriptor, int at) {
        char type = descriptor.charAt(at);
        return BOXED.indexOf(type) >= 0 ? null : "no hook passes a " + type;
    }

    /** The index in a descriptor where a parameter's type begins; -1 when there are fewer parameters. */
    private static int parameter(String descriptor, int index) {
        int at = 1;
        for (int skipped = 0; descriptor.charAt(at) != ')'; skipped++) {
            if (skipped == index) {
                return at;
            }
            at = end(descriptor, at);
        }
        return -1;
    }

    private static int end(String descriptor, int begin) {
        int at = begin;
        while (descriptor.charAt(at) == '[') {
            at++;
        }
        return descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
    }
}
