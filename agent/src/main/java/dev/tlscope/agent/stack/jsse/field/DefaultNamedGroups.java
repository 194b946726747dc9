package dev.tlscope.agent.stack.jsse.field;

import dev.tlscope.agent.reflect.JdkField;
import dev.tlscope.agent.reflect.StaticField;
import dev.tlscope.capture.Event;
import dev.tlscope.capture.Field;
import org.jspecify.annotations.Nullable;

/**
 * The named groups that JSSE enables when the application sets none: a static field, in a class that depends on the
 * JDK.
 */
public final class DefaultNamedGroups {
    private static final JdkField NAME = new JdkField("name");

    private DefaultNamedGroups() {}

    public static void putDefault(Event event) {
        // The first one is the class from JDK 20 on.
        Object groups = StaticField.read("sun.security.ssl.NamedGroup$SupportedGroups", "namedGroups");
        if (groups == null) {
            groups = StaticField.read(
                    "sun.security.ssl.SupportedGroupsExtension$SupportedGroups", "supportedNamedGroups");
        }
        if (groups instanceof Object[]) {
            for (Object group : (Object[]) groups) {
                event.put(Field.NAMED_GROUP, name(group));
            }
        }
    }

    private static @Nullable String name(Object group) {
        return group instanceof String ? (String) group : (String) NAME.get(group);
    }
}
