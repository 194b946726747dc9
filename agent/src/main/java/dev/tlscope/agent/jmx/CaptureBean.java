package dev.tlscope.agent.jmx;

import dev.tlscope.agent.outcome.OutcomeName;
import dev.tlscope.agent.outcome.RepeatedFailure;
import dev.tlscope.agent.outcome.RepeatedFailures;
import dev.tlscope.agent.status.StatusKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanNotificationInfo;
import javax.management.Notification;
import javax.management.NotificationBroadcasterSupport;
import javax.management.openmbean.ArrayType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenMBeanAttributeInfo;
import javax.management.openmbean.OpenMBeanAttributeInfoSupport;
import javax.management.openmbean.OpenMBeanConstructorInfo;
import javax.management.openmbean.OpenMBeanInfoSupport;
import javax.management.openmbean.OpenMBeanOperationInfo;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;

/**
 * The MBean: what {@code status} answers as attributes, the problems as a table, and a notification for each new one. All of it is
 * open data, so that a client needs no class of ours. It has no operation and takes no value: JMX cannot change a capture.
 */
final class CaptureBean extends NotificationBroadcasterSupport implements DynamicMBean {
    static final String PROBLEMS = "Problems";
    static final String NEW_PROBLEM = "dev.tlscope.problem";

    private static final String NAME = "dev.tlscope.agent.jmx.CaptureBean";

    private final Supplier<List<String>> status;
    private final RepeatedFailures problems;
    private final ProblemData data;
    private long sequence;

    /** @param status the lines {@code key=value} that status answers */
    CaptureBean(Supplier<List<String>> status, RepeatedFailures problems) throws OpenDataException {
        super(new MBeanNotificationInfo(
                new String[] {NEW_PROBLEM},
                Notification.class.getName(),
                "a problem was seen for the first time since the attach; the user data is its row"));
        this.status = status;
        this.problems = problems;
        this.data = new ProblemData();
    }

    /** Notifies who listens of a problem. Called on the listeners' thread, which those may block. */
    void notify(RepeatedFailure problem) throws OpenDataException {
        Notification notification = new Notification(
                NEW_PROBLEM,
                Registration.NAME,
                ++sequence,
                problem.latest().endNanos() / 1_000_000L,
                problem.latest().text(OutcomeName.ERROR_MESSAGE));
        notification.setUserData(data.row(problem));
        sendNotification(notification);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException, MBeanException {
        if (attribute.equals(PROBLEMS)) {
            try {
                return data.table(problems.all());
            } catch (OpenDataException e) {
                throw new MBeanException(e);
            }
        }
        for (StatusKey key : StatusKey.values()) {
            if (name(key).equals(attribute)) {
                return value(key);
            }
        }
        throw new AttributeNotFoundException("no attribute " + attribute);
    }

    @Override
    public AttributeList getAttributes(String[] names) {
        AttributeList list = new AttributeList();
        for (String name : names) {
            try {
                list.add(new Attribute(name, getAttribute(name)));
            } catch (AttributeNotFoundException | MBeanException e) {
                // left out, as the interface says
            }
        }
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("no attribute can be set; detach and attach again with other options");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) throws MBeanException {
        throw new MBeanException(new UnsupportedOperationException("no operation " + action));
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        List<OpenMBeanAttributeInfo> attributes = new ArrayList<>();
        for (StatusKey key : StatusKey.values()) {
            attributes.add(new OpenMBeanAttributeInfoSupport(name(key), key.title(), type(key), true, false, false));
        }
        attributes.add(new OpenMBeanAttributeInfoSupport(
                PROBLEMS, "the latest problems, by error.type, role and server", data.table, true, false, false));
        return new OpenMBeanInfoSupport(
                NAME,
                "tlscope's capture of TLS handshakes in this JVM",
                attributes.toArray(new OpenMBeanAttributeInfo[0]),
                new OpenMBeanConstructorInfo[0],
                new OpenMBeanOperationInfo[0],
                getNotificationInfo());
    }

    /** {@code alerts.received} as {@code AlertsReceived}; of a key with many lines, the plural. */
    static String name(StatusKey key) {
        String name = OutcomeName.camelCase(key.key());
        return Character.toUpperCase(name.charAt(0)) + name.substring(1) + (key.isSingle() ? "" : "s");
    }

    private Object value(StatusKey key) {
        List<String> found = new ArrayList<>();
        for (String line : status.get()) {
            if (key.isKeyOf(line)) {
                found.add(key.valueIn(line));
            }
        }
        if (!key.isSingle()) {
            return found.toArray(new String[0]);
        }
        String value = found.isEmpty() ? "" : found.get(0);
        return key.isNumber() ? (Object) Long.valueOf(value.isEmpty() ? "0" : value) : value;
    }

    private static OpenType<?> type(StatusKey key) {
        try {
            return key.isSingle()
                    ? key.isNumber() ? SimpleType.LONG : SimpleType.STRING
                    : new ArrayType<String[]>(1, SimpleType.STRING);
        } catch (OpenDataException e) {
            throw new IllegalStateException(e);
        }
    }
}
